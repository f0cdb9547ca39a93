/** How programs that print an event as a list call its properties. */

export type Property = 'source' | 'id' | 'level' | 'time' | 'computer' | 'message' | 'bytes' | 'other';
export type Dialect = {
  /** Text that stands in every print of this kind, of which one at least must be found. */
  signs: readonly string[];
  labels: Readonly<Record<string, Property>>;
  /** Names whose presence says that it is an event of this dialect. */
  proof: readonly string[];
  /** So many of them are enough. */
  proofs: number;
  /** Whether a blank stands before each colon. */
  blank: boolean;
  /** The name that fills the column of the names, so that its value may touch the colon. */
  widest?: string;
  /** A line that begins a block and is no property. */
  opening: RegExp | null;
};

const others = (...names: string[]): Record<string, Property> =>
  Object.fromEntries(names.map((name) => [name, 'other' as const]));

/** Get-WinEvent and Get-EventLog with Format-List, which print property names that are never translated. */
export const POWERSHELL: Dialect = {
  signs: ['TimeCreated', 'ProviderName', 'LevelDisplayName', 'InstanceId', 'EventID', 'EntryType', 'MachineName'],
  labels: {
    TimeCreated: 'time',
    ProviderName: 'source',
    Id: 'id',
    LevelDisplayName: 'level',
    MachineName: 'computer',
    Message: 'message',
    EventID: 'id',
    EventId: 'id',
    InstanceId: 'id',
    InstanceID: 'id',
    Source: 'source',
    EntryType: 'level',
    TimeGenerated: 'time',
    Data: 'bytes',
    ...others(
      'Level',
      // Its list has no quotes, so a comma in a value cannot be told from one between two.
      'ReplacementStrings',
      'TimeWritten',
      'Time',
      'Index',
      'Category',
      'CategoryNumber',
      'UserName',
      'Site',
      'Container',
      'Version',
      'Qualifiers',
      'Task',
      'Opcode',
      'Keywords',
      'RecordId',
      'ProviderId',
      'LogName',
      'ProcessId',
      'ThreadId',
      'UserId',
      'ActivityId',
      'RelatedActivityId',
      'ContainerLog',
      'MatchedQueryIds',
      'Bookmark',
      'OpcodeDisplayName',
      'TaskDisplayName',
      'KeywordsDisplayNames',
      'Properties',
      'PSComputerName',
      'RunspaceId',
    ),
  },
  proof: ['TimeCreated', 'ProviderName', 'LevelDisplayName', 'InstanceId', 'InstanceID', 'EventID', 'EntryType'],
  proofs: 1,
  blank: true,
  opening: null,
};

/** `wevtutil qe … /f:text`: blocks that begin with `Event[0]:` (newer versions leave the colon out). */
export const WEVTUTIL: Dialect = {
  signs: ['Event['],
  labels: {
    Source: 'source',
    Date: 'time',
    'Event ID': 'id',
    Level: 'level',
    Computer: 'computer',
    Description: 'message',
    ...others('Log Name', 'Task', 'Opcode', 'Keyword', 'User', 'User Name'),
  },
  proof: ['Log Name', 'Source', 'Event ID', 'Level'],
  proofs: 2,
  blank: false,
  opening: /^\s*Event\s?\[\d{1,9}\]:?\s*$/,
};

/** `eventquery.vbs /V /FO LIST` of Windows Server 2003 and XP. */
export const EVENTQUERY: Dialect = {
  signs: ['ComputerName', 'Date Time'],
  labels: {
    Type: 'level',
    Event: 'id',
    'Event ID': 'id',
    'Date Time': 'time',
    Source: 'source',
    ComputerName: 'computer',
    Description: 'message',
    ...others('Category', 'User'),
  },
  proof: ['Type', 'Date Time', 'ComputerName'],
  proofs: 2,
  blank: false,
  widest: 'ComputerName',
  opening: null,
};
