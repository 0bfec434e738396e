import { Switch } from '@/components/Switch';
import { NOTHING } from '@/lib/core/format';
import type { AlertFiring, AlertRule } from '@/lib/market/alert';
import { conditionWords, contractWords, spanWords } from '@/lib/market/alert-words';

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
          <th scope="col">On</th>
          <th scope="col" class="is-text">
            Alert
          </th>
          <th scope="col" class="is-text">
            For
          </th>
          <th scope="col">At most once in</th>
          <th scope="col">Last told</th>
          <th scope="col">
            <span class="visually-hidden">Change</span>
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
              <td class="is-text">{scopeWords(rule)}</td>
              <td>{spanWords(rule.cooldownMs)}</td>
              <td>{last === undefined ? <span class="quiet">{NOTHING}</span> : timeWords(last.atMs)}</td>
              <td>
                <button
                  type="button"
                  class="button is-small"
                  aria-label={`Edit: ${words}`}
                  onClick={() => onEdit(rule.id)}
                >
                  Edit
                </button>{' '}
                <button
                  type="button"
                  class="button is-small"
                  aria-label={`Remove: ${words}`}
                  onClick={() => onRemove(rule.id)}
                >
                  Remove
                </button>
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
  return condition.kind === 'own-liquidation' ? 'All my positions' : 'Favourites';
}
