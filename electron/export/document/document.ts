/** The checklist as a document: what stands in which order, in words, without a format. */
import type { Branch, Checklist, EvidenceBrought, ParameterItem } from '../../../wizards/engine/checklist/model.ts';
import { FROM_WORDS, PRACTICE_WORDS, REDACTED_WORDS, whoWhere } from '../../../wizards/engine/checklist/words.ts';
import { type Block, type Document, type Fact, facts, paragraph, section } from './blocks.ts';
import { stepBlock } from './steps.ts';
import { verdictBlock } from './verdicts.ts';

/** The end of the story first: a reader who stops early still knows what was wrong and what was done. */
export function documentOf(checklist: Checklist): Document {
  const { case: about, exported, path, superseded, notes, openActions } = checklist;
  return {
    title: about.title || 'Untitled case',
    facts: facts(
      ['Ticket', about.ticket && [{ code: about.ticket }]],
      ['State', about.state],
      ['Operator', about.operator || 'not recorded'],
      ['Others', about.people.filter((name) => name !== about.operator).join(', ')],
      ['Opened', about.openedAt.local],
      ['Last change', about.changedAt.local],
      ['Exported', exported.by ? `${exported.at.local} by ${exported.by}` : exported.at.local],
      ['Time zone', exported.timeZone],
    ),
    blocks: [
      ...(about.practice === null ? [] : [paragraph(PRACTICE_WORDS, 'warning')]),
      ...(checklist.redacted ? [paragraph(REDACTED_WORDS, 'mark')] : []),
      section('Summary', [paragraph(checklist.summary.join(' '))]),
      section(
        'Verdict',
        path.verdicts.length > 0 ? path.verdicts.map(verdictBlock) : [paragraph('There is no verdict yet.')],
      ),
      section('Open actions', [
        openActions.length > 0
          ? { kind: 'list', items: openActions.map((action) => action.text), tasks: true }
          : paragraph('None.'),
      ]),
      section('Environment and parameters', settings(checklist)),
      section('Evidence brought', evidenceBlocks(checklist.evidence)),
      ...(notes.length > 0 ? [section('Notes on the case', notes.map(noteBlock))] : []),
      section('Steps', [
        ...(superseded.length > 0
          ? [paragraph('Numbers that are missing here stand under “Superseded branches”.')]
          : []),
        ...path.steps.map(stepBlock),
      ]),
      ...(superseded.length > 0 ? [section('Superseded branches', branchBlocks(superseded), true)] : []),
      section('About this record', recordBlocks(checklist)),
    ],
  };
}

function settings({ environment, parameters, places }: Checklist): Block[] {
  const all = [...(environment ? [environment] : []), ...parameters];
  const seen = places.map((place): Fact => {
    const shell = [place.shell, place.shellVersion].filter((part) => part !== null).join(' ');
    return { label: 'Commands ran', value: [`${whoWhere(place)}; shell ${shell}`] };
  });
  if (all.length + seen.length === 0) return [paragraph('None were needed.')];
  return [{ kind: 'facts', facts: [...all.map(settingFact), ...seen] }];
}

const settingFact = ({ label, value, from }: ParameterItem): Fact => ({
  label,
  value: [{ code: value }, ` (${FROM_WORDS[from]})`],
});

function evidenceBlocks(evidence: readonly EvidenceBrought[]): Block[] {
  if (evidence.length === 0) return [paragraph('Nothing was pasted or loaded when the case was opened.')];
  return evidence.map((item) => {
    const ofFile = item.fields.some((field) => field.name === 'log_file');
    const name = item.kind === 'event' ? `Event ${item.id} of ${item.source}` : item.source;
    return section(`${name}: ${item.title}`, [
      { kind: 'facts', facts: item.fields.map(({ label, value }) => ({ label, value: [{ code: value }] })) },
      { kind: 'output', title: ofFile ? 'As it stands in the file' : 'As pasted', excerpt: item.text },
    ]);
  });
}

const noteBlock = ({ text, by, at }: Checklist['notes'][number]): Block => ({
  kind: 'note',
  text,
  by: `${by}, ${at.local}`,
});

function branchBlocks(branches: readonly Branch[]): Block[] {
  return [
    paragraph('Walked, then answered otherwise. Kept for the record; not part of the conclusion.'),
    ...branches.map((branch) => {
      const first = branch.steps[0]?.n;
      const last = branch.steps.at(-1)?.n;
      const range = first === last ? `Step ${first}` : `Steps ${first} to ${last}`;
      const instead = branch.replacedBy === null ? '' : `, answered again as step ${branch.replacedBy}`;
      const asked = branch.steps.filter((step) => step.kind === 'question' || step.kind === 'check');
      return section(`${range}${instead}`, [...asked.map(stepBlock), ...branch.verdicts.map(verdictBlock)]);
    }),
  ];
}

function recordBlocks({ case: about, chain, exported, wizards }: Checklist): Block[] {
  return [
    {
      kind: 'facts',
      facts: [
        ...facts(['Case', [{ code: about.id }]], ['Exported with', exported.product], ['Opened with', about.product]),
        ...wizards.map(({ id, title, version, hash }): Fact => {
          const number = version === null ? '' : `, version ${version}`;
          return {
            label: 'Wizard',
            value: [`${title} (`, { code: id }, `${number}, file `, { code: hash.slice(0, 12) }, ')'],
          };
        }),
        ...facts(['Journal', `${chain.events} events; the chain head is:`]),
      ],
    },
    { kind: 'code', text: chain.head, shell: null },
    paragraph(chain.statement),
  ];
}
