import { feedWords } from '@/components/feed-words';
import { Filling } from '@/components/Filling';
import { LiquidatedWindows } from '@/components/LiquidatedWindows';
import { Notice, type NoticeAction } from '@/components/Notice';
import { OwnLevels } from '@/components/OwnLevels';
import type { PanelBody } from '@/components/panel/panel-view';
import { RiskLadder } from '@/components/RiskLadder';
import { SideCards } from '@/components/SideCards';
import { Skeleton } from '@/components/Skeleton';

interface Props {
  readonly body: PanelBody;
  readonly onAction: (action: NoticeAction) => void;
}

/** The contract's figures beside its map, or why there are none. */
export function MapSide({ body, onAction }: Props) {
  if (body.kind === 'starting') return <Skeleton />;
  if (body.kind === 'message') return <Notice look="message" notice={body.notice} onAction={onAction} />;
  if (body.kind === 'filling') {
    return <Filling daysDone={body.daysDone} daysTotal={body.daysTotal} leftMs={body.leftMs} />;
  }
  const { summary, notices } = body;
  return (
    <>
      {notices.map((notice) => (
        <Notice key={notice.title} look="notice" notice={notice} onAction={onAction} />
      ))}
      {summary.ownLevels.length > 0 && <OwnLevels levels={summary.ownLevels} />}
      <SideCards summary={summary} />
      <RiskLadder atRisk={summary.atRisk} />
      <LiquidatedWindows windows={summary.liquidated} feedKind={feedWords(summary)} />
    </>
  );
}
