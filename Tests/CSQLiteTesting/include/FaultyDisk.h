#pragma once
#include <stdint.h>

/// A disk that can lose its power or fail, for the SQLite files in one folder. It is a layer over SQLite's own VFS
/// (sqlite.org/vfs.html): the files are real ones, so locks and shared memory are the real ones too, and beside each
/// file it knows what `fsync` has made durable and which writes have not been.
typedef struct faulty_disk faulty_disk;

enum {
    faulty_disk_read = 1,
    faulty_disk_write = 2,
    faulty_disk_sync = 4,
    /// A write for which there is no room.
    faulty_disk_grow = 8,
};

/// SQLite uses the disk for every file below the folder from now on, and its own VFS for all others. NULL when out of
/// memory or the folder is missing. The seed decides what a power cut leaves of the writes that were not synced.
faulty_disk *faulty_disk_make(const char *folder, uint64_t seed);

/// No connection may use the folder any more.
void faulty_disk_free(faulty_disk *disk);

/// The power goes off in the middle of the write, truncation, sync or deletion after that many more of them: it and
/// everything after it fails.
void faulty_disk_cut_after(faulty_disk *disk, int64_t operations);

int faulty_disk_is_cut(faulty_disk *disk);

/// Writes, truncations, syncs and deletions so far.
int64_t faulty_disk_operations(faulty_disk *disk);

/// From now on each operation of these kinds (or-ed) fails with this chance in a thousand. A sync that has failed has
/// lost some of the writes before it for good, as on Linux.
void faulty_disk_fail(faulty_disk *disk, int operations, int per_mille);

/// Operations that were made to fail.
int64_t faulty_disk_failures(faulty_disk *disk);

/// Writes into another folder what the disk holds when the power comes back: all that was synced; and of each write that
/// was not, every sector of 512 bytes may be there, be missing, or hold garbage. Returns 0, or an errno.
int faulty_disk_save(faulty_disk *disk, const char *folder);
