/** The lab server by the names of its profile and server. */
import type { Library } from '../../../wizards/engine/library.ts';
import type { LabProfile, LabServer } from '../../../wizards/engine/schema.ts';
import { Fault } from '../../fault.ts';
import { type LabServerOptions, type RunningLabServer, startLab } from './lab-server.ts';

export type StartOptions = Omit<LabServerOptions, 'server' | 'profile'> & {
  library: Pick<Library, 'labServers' | 'labProfiles'>;
  profile: string;
  /** Default: the first with which the profile makes sense. */
  server?: string;
};

/** Faults: `unknown-profile`, `unknown-server`, `server-without-profile`, and those of `startLab`. */
export async function startLabServer({ library, profile, server, ...rest }: StartOptions): Promise<RunningLabServer> {
  return startLab({ ...findLab(library, profile, server), ...rest });
}

function findLab(
  { labServers, labProfiles }: StartOptions['library'],
  profileId: string,
  serverId: string | undefined,
): { profile: LabProfile; server: LabServer } {
  const profile = labProfiles.get(profileId);
  if (!profile) throw unknown('unknown-profile', `There is no profile "${profileId}".`, labProfiles.keys());
  const id = serverId ?? (profile.servers[0] as string);
  const server = labServers.get(id);
  if (!server) throw unknown('unknown-server', `There is no lab server "${id}".`, labServers.keys());
  if (!profile.servers.includes(id)) {
    const message = `The profile "${profileId}" makes no sense with ${server.title}.`;
    throw unknown('server-without-profile', message, profile.servers);
  }
  return { profile, server };
}

const unknown = (code: string, message: string, known: Iterable<string>): Fault =>
  new Fault(code, message, `Choose one of: ${[...known].sort().join(', ')}.`);
