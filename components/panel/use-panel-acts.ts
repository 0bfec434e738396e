import { useState } from 'preact/hooks';

import type { NoticeAction } from '@/components/Notice';

import type { PanelModel } from './panel-model';

/** What the contract's button and notices do, on whatever page: above all they open and close the choice of a contract. */
export function usePanelActs(
  model: PanelModel,
  onAllowAccess: () => void,
  showPage: (page: 'diagnostics' | 'map') => void,
) {
  const [isChoosing, setIsChoosing] = useState(false);
  const openChooser = () => {
    model.listContracts();
    setIsChoosing(true);
  };
  const acts: Readonly<Record<NoticeAction, () => void>> = {
    'choose-contract': openChooser,
    'allow-access': onAllowAccess,
    retry: () => model.retry(),
    reload: () => location.reload(),
    diagnostics: () => showPage('diagnostics'),
    dashboard: () => showPage('map'),
  };
  return {
    isChoosing,
    closeChooser: () => setIsChoosing(false),
    toggleChooser: () => (isChoosing ? setIsChoosing(false) : openChooser()),
    act: (action: NoticeAction) => acts[action](),
  };
}
