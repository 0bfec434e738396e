import { useEffect, useState } from 'preact/hooks';

import { Section } from '@/components/Section';
import type { AlertRule } from '@/lib/market/alert';
import type { Contract } from '@/lib/market/contract';

import { AlertLog } from './AlertLog';
import type { OwnModel } from './own-model';
import { QuietHoursForm } from './QuietHoursForm';
import { draftFromRule, emptyRuleDraft } from './rule-draft';
import { RuleForm } from './RuleForm';
import { RulesTable } from './RulesTable';
import { useOwn } from './use-own';

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
  const { alerts } = useOwn(model);
  const [editedId, setEditedId] = useState<string | null>(null);
  const [newId, setNewId] = useState(() => crypto.randomUUID());
  const [isAllowed, setIsAllowed] = useState<boolean | null>(null);
  useEffect(() => model.watchAlerts(), [model]);
  useEffect(() => void access.isAllowed().then(setIsAllowed), [access]);
  const edited = alerts?.rules.find(({ id }) => id === editedId) ?? null;
  const contractOf = (rule: AlertRule) => contracts?.find(({ id }) => id === rule.contractId) ?? null;
  const ask = () => void access.ask().then(setIsAllowed);
  const edit = (id: string) => {
    onListContracts();
    setEditedId(id);
  };
  return (
    <div class="page">
      <Section title="Alert rules" aside="watched with no page open">
        {alerts === null ? (
          <p role="status">Waiting for the background.</p>
        ) : alerts.rules.length === 0 ? (
          <p>No rule yet: add one and be told, with or without a chart open.</p>
        ) : (
          <RulesTable
            rules={alerts.rules}
            log={alerts.log}
            onSwitch={(rule, isOn) => model.saveRule({ ...rule, isOn })}
            onEdit={edit}
            onRemove={(id) => model.removeRule(id)}
          />
        )}
        {isAllowed === false && alerts !== null && alerts.rules.length > 0 && (
          <p class="form-note">
            Notifications are not allowed: alerts appear in the log below only.{' '}
            <button type="button" class="button is-small" onClick={ask}>
              Allow notifications
            </button>
          </p>
        )}
      </Section>
      <Section title={edited === null ? 'Add a rule' : 'Change the rule'}>
        <RuleForm
          key={edited === null ? `${newId}${contract?.id}` : `${edited.id}${contractOf(edited)?.id}`}
          initial={edited === null ? emptyRuleDraft(contract) : draftFromRule(edited, contractOf(edited))}
          ruleId={edited?.id ?? newId}
          isNew={edited === null}
          contracts={contracts}
          onListContracts={onListContracts}
          onSave={(rule) => {
            model.saveRule(edited === null ? rule : { ...rule, isOn: edited.isOn });
            if (isAllowed === false) ask();
            setEditedId(null);
            setNewId(crypto.randomUUID());
          }}
          onCancel={() => setEditedId(null)}
        />
        <p class="caption form-note">
          Favourites are the contracts with a star at the top of this page. Maps of at most ten contracts are watched.
          Liquidations are those of all venues; clusters grow by the 15-minute columns of the map.
        </p>
      </Section>
      <Section title="Quiet hours" aside="local time">
        {alerts !== null && <QuietHoursForm quiet={alerts.quiet} onChange={(quiet) => model.setQuiet(quiet)} />}
      </Section>
      <Section title="Log">
        {alerts === null || alerts.log.length === 0 ? (
          <p class="quiet">Nothing has been told yet.</p>
        ) : (
          <AlertLog log={alerts.log} />
        )}
      </Section>
    </div>
  );
}
