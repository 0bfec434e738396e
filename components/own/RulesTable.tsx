import { Switch } from '@/components/Switch';
import { formatSpan, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { AlertFiring, AlertRule } from '@/lib/market/alert';

import { conditionWords, contractWords } from './alert-words';
import { RowActions } from './RowActions';
import { timeWords } from './time-words';

interface Props {
  readonly rules: readonly AlertRule[];
  /** Newest first. */
  readonly log: readonly AlertFiring[];
  readonly onSwitch: (rule: AlertRule, isOn: boolean) => void;
  readonly onEdit: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

export const RulesTable = ({ rules, log, onSwitch, onEdit, onRemove }: Props) => (
  <div class="own-scroll">
    <table class="own-table">
      <thead>
        <tr>
          <th scope="col">{t('alerts.on')}</th>
          <th scope="col" class="is-text">
            {t('alerts.alert')}
          </th>
          <th scope="col" class="is-text">
            {t('alerts.for')}
          </th>
          <th scope="col">{t('alerts.cooldown')}</th>
          <th scope="col">{t('alerts.lastTold')}</th>
          <th scope="col">
            <span class="visually-hidden">{t('own.changeColumn')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => {
          const words = conditionWords(rule.condition);
          const last = log.find(({ ruleId }) => ruleId === rule.id);
          return (
            <tr key={rule.id}>
              <td>
                <Switch label={words} isOn={rule.isOn} onChange={(isOn) => onSwitch(rule, isOn)} />
              </td>
              <th scope="row" class="is-text">
                {words}
              </th>
              <td class="is-text" data-label={t('alerts.for')}>
                {scopeWords(rule)}
              </td>
              <td data-label={t('alerts.cooldown')}>{formatSpan(rule.cooldownMs)}</td>
              <td data-label={t('alerts.lastTold')}>
                {last === undefined ? <span class="quiet">{NOTHING}</span> : timeWords(last.atMs)}
              </td>
              <td>
                <RowActions what={words} onEdit={() => onEdit(rule.id)} onRemove={() => onRemove(rule.id)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);

function scopeWords({ contractId, condition }: AlertRule): string {
  if (contractId !== null) return contractWords(contractId);
  return condition.kind === 'own-liquidation' ? t('alerts.allPositions') : t('alerts.favourites');
}
