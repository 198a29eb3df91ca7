import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { PlanField, type Contract, type OutputOf, type PlanDetail, type PlanSheet } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { noteDossiersChanged } from '../../../bridge/dossier-cache.ts';
import { ask, methodKey } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { retentionWords } from '../parts/dossier-words.ts';
import { FoundRows } from '../parts/FoundRows.tsx';
import { TableImport } from '../parts/TableImport.tsx';

type Preview = OutputOf<Contract['dossiers']['previewPlanTable']>;

export type PlanImportProps = { readonly plan: PlanDetail; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** A file plan from Excel, into a draft. */
export function PlanImport({ plan, onClose, onDone }: PlanImportProps): ReactNode {
  const t = useWords();
  const connection = useConnection();
  const cache = useQueryClient();
  return (
    <TableImport<PlanSheet, PlanField, Preview>
      title={t('dossiers.import.title', { year: String(plan.year) })}
      intro={t('dossiers.import.intro')}
      fields={PlanField.options}
      fieldWords={(field) => t(`dossiers.column.${field}`)}
      guessed={(sheet, at) => sheet.columns[at]?.field ?? 'ignore'}
      look={async (file) => (await ask(connection, 'dossiers', 'lookAtPlanTable', { file })).sheets}
      preview={(choice) => ask(connection, 'dossiers', 'previewPlanTable', { plan: plan.id, ...choice })}
      good={(preview) => preview.counts.good}
      confirm={(count) => t('dossiers.import.confirm', { count })}
      run={async (choice) => {
        const done = await ask(connection, 'dossiers', 'importPlanTable', { plan: plan.id, ...choice });
        cache.setQueryData(methodKey('dossiers', 'plan', { id: plan.id }), done.plan);
        await noteDossiersChanged(cache, [], [plan.id]);
        const { good, headings, bad } = done.preview.counts;
        onDone(t('dossiers.import.done', { good, headings, bad }));
      }}
      found={(preview, heads) => (
        <FoundRows
          said={t('dossiers.import.found', preview.counts)}
          heads={heads}
          bad={preview.bad.map(({ row, cells, problems }) => ({ row, cells, problems: problems.map((one) => t(`dossiers.problem.${one.code}`, one.params)) }))}
          goodHeads={[t('dossiers.field.notation'), t('dossiers.field.title'), t('dossiers.retention'), t('dossiers.maker.unit')]}
          good={preview.good.map((one) => ({ row: one.row, cells: [one.notation, one.title, retentionWords(t, one.retention), [one.personName, one.unitName].filter((part) => part !== '').join(', ')] }))}
        />
      )}
      onClose={onClose}
    />
  );
}
