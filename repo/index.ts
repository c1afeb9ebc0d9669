/** The repo layer: a working tree on top of a store. Everything that other layers may use of it. */

// Errors
export { RepoError, type RepoErrorCode, type RepoErrorOptions } from './repo-error.ts';

// Repositories
export {
  findRepository,
  initRepository,
  openLocation,
  openRepository,
  requireRepository,
  type InitRepositoryOptions,
  type InitResult,
  type OpenRepositoryOptions,
  type RepositoryLocation,
} from './repository/open-repository.ts';
export {
  Repository,
  type OperationOptions,
  type RepoProgress,
  type RepositoryParts,
  type RepositoryStore,
} from './repository/repository.ts';
export { DITS_FOLDER, layoutOf, type RepositoryLayout } from './repository/layout.ts';

// Settings
export {
  Settings,
  type RemoteSettings,
  type SettingValue,
  type UpstreamSettings,
  type UserSettings,
} from './config/settings.ts';
export { readSettings, updateSettings, type SettingsFile } from './config/settings-file.ts';
export {
  addRemote,
  getRemote,
  listRemotes,
  removeRemote,
  setUpstream,
  trackingRef,
} from './remotes/remotes.ts';

// The index
export { WorkIndex, type IndexChange } from './worktree-index/work-index.ts';
export type { IndexEntry, IndexEntryKind, StatStamp } from './worktree-index/index-entry.ts';
export { stagedObjects } from './worktree-index/staged-objects.ts';

// Damage
export type { FileProblem } from './care/file-problem.ts';
export { careForPlainFiles, type CareOptions } from './care/plain-files.ts';
export { inspectIndex, remakeIndex, type IndexState } from './care/index-care.ts';

// Staging and recording
export {
  add,
  unreadFailure,
  type AddOptions,
  type AddResult,
  type SkipReason,
  type SkippedPath,
} from './stage/add.ts';
export { remove, type RemoveOptions, type RemoveResult } from './stage/remove.ts';
export { move, type MoveOptions, type MoveResult, type MovedPath } from './stage/move.ts';
export { commit, type CommitOptions, type CommitResult } from './commit/commit.ts';
export type { Author, CommitTime } from './commit/author.ts';
export {
  status,
  type ChangeKind,
  type Status,
  type StatusEntry,
  type StatusOptions,
} from './status/status.ts';
export type { UntrackedMode } from './status/scan.ts';

// Writing the working tree
export type { CheckoutTotals } from './checkout/apply-plan.ts';
export { switchTo, type SwitchOptions, type SwitchResult } from './checkout/switch.ts';
export {
  mergeFastForward,
  type FastForwardOptions,
  type FastForwardResult,
} from './checkout/fast-forward.ts';
export { checkoutAhead, type WrittenAhead } from './checkout/checkout-ahead.ts';
export { reset, type ResetMode, type ResetOptions } from './checkout/reset.ts';
export { restore, type RestoreOptions, type RestoreResult } from './checkout/restore.ts';

// History
export { log, type LogEntry, type LogOptions } from './history/log.ts';
export { show, type ShownCommit } from './history/show.ts';
export {
  b3sumLine,
  listFiles,
  type ListFilesOptions,
  type ListedFile,
} from './history/list-files.ts';
export { diff, type DiffOptions, type DiffSides, type FileDifference } from './diff/diff.ts';
export type { SharedChunks } from './diff/shared-chunks.ts';
export type { TextDiff } from './diff/text-diff.ts';
export type { FileVersion } from './diff/version.ts';

// Names for commits
export { readHead, requireCommit, type HeadState } from './refs/head.ts';
export {
  createBranch,
  createBranchAt,
  deleteBranch,
  listBranches,
  type Branch,
  type CreateBranchOptions,
} from './refs/branches.ts';
export {
  createTag,
  deleteTag,
  listTags,
  type CreateTagOptions,
  type TagInfo,
} from './refs/tags.ts';
export { resolveRevision, type ResolvedRevision } from './revisions/resolve-revision.ts';
export { similarNames } from './revisions/similar-names.ts';
