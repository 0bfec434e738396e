import { useEffect, useState } from 'preact/hooks';

import { useModel } from '@/components/panel/use-model';
import { Section } from '@/components/Section';
import { t } from '@/lib/i18n/words';
import type { AlertRule } from '@/lib/market/alert';
import type { Contract } from '@/lib/market/contract';

import { AlertLog } from './AlertLog';
import { useEdited } from './DraftForm';
import type { OwnModel } from './own-model';
import { QuietHoursForm } from './QuietHoursForm';
import { draftFromRule, emptyRuleDraft } from './rule-draft';
import { RuleForm } from './RuleForm';
import { RulesTable } from './RulesTable';

/** Whether the browser lets alerts be shown outside of this page, and how to ask for it; must be called in a click. */
export interface NotificationAccess {
  isAllowed(): Promise<boolean>;
  ask(): Promise<boolean>;
}

interface Props {
  readonly model: OwnModel;
  /** What the rest of the page shows: the likely one of a new rule. */
  readonly contract: Contract | null;
  readonly contracts: readonly Contract[] | null;
  readonly access: NotificationAccess;
  readonly onListContracts: () => void;
}

/** What to be told of, when not, and what was told. */
export function AlertsPage({ model, contract, contracts, access, onListContracts }: Props) {
  const { alerts } = useModel(model);
  const { editedId, newId, takesFocus, edit, end } = useEdited();
  const [isAllowed, setIsAllowed] = useState<boolean | null>(null);
  useEffect(() => model.watchAlerts(), [model]);
  useEffect(() => void access.isAllowed().then(setIsAllowed), [access]);
  const edited = alerts?.rules.find(({ id }) => id === editedId) ?? null;
  const contractOf = (rule: AlertRule) => contracts?.find(({ id }) => id === rule.contractId) ?? null;
  const ask = () => void access.ask().then(setIsAllowed);
  return (
    <div class="page page-columns">
      <div>
        <Section title={t('alerts.rules')} aside={t('alerts.alwaysOn')}>
          {alerts === null ? (
            <p role="status">{t('own.waiting')}</p>
          ) : alerts.rules.length === 0 ? (
            <p>{t('alerts.none')}</p>
          ) : (
            <RulesTable
              rules={alerts.rules}
              log={alerts.log}
              onSwitch={(rule, isOn) => model.saveRule({ ...rule, isOn })}
              onEdit={(id) => {
                onListContracts();
                edit(id);
              }}
              onRemove={(id) => model.removeRule(id)}
            />
          )}
          {isAllowed === false && alerts !== null && alerts.rules.length > 0 && (
            <p class="form-note">
              {t('alerts.notAllowed')}{' '}
              <button type="button" class="button is-small" onClick={ask}>
                {t('alerts.allow')}
              </button>
            </p>
          )}
        </Section>
        <Section title={edited === null ? t('alerts.add') : t('alerts.change')}>
          <RuleForm
            key={edited?.id ?? newId}
            initial={edited === null ? emptyRuleDraft(contract) : draftFromRule(edited, contractOf(edited))}
            ruleId={edited?.id ?? newId}
            isNew={edited === null}
            takesFocus={takesFocus}
            contracts={contracts}
            onListContracts={onListContracts}
            onSave={(rule) => {
              model.saveRule(edited === null ? rule : { ...rule, isOn: edited.isOn });
              if (isAllowed === false) ask();
              end();
            }}
            onCancel={end}
          />
          <p class="caption form-note">{t('alerts.note')}</p>
        </Section>
      </div>
      <div>
        <Section title={t('alerts.quietHours')} aside={t('alerts.localTime')}>
          {alerts !== null && <QuietHoursForm quiet={alerts.quiet} onChange={(quiet) => model.setQuiet(quiet)} />}
        </Section>
        <Section title={t('alerts.log')}>
          {alerts === null || alerts.log.length === 0 ? (
            <p class="quiet">{t('alerts.noLog')}</p>
          ) : (
            <AlertLog log={alerts.log} />
          )}
        </Section>
      </div>
    </div>
  );
}
