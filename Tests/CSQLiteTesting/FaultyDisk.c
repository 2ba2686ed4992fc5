#include "FaultyDisk.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <limits.h>

enum { sector = 512 };

/// A write, or with `bytes == NULL` a truncation to `offset`, that no sync has followed yet.
struct change {
    struct change *next;
    sqlite3_int64 offset;
    int count;
    unsigned char *bytes;
};

struct bytes {
    unsigned char *start;
    size_t count;
};

/// A file that has been opened at least once; several handles share it. A file that is made again after its deletion is
/// another one.
struct node {
    struct node *next;
    char *name;
    struct bytes durable;
    struct change *first, **end;
    /// Whether a power cut may take the whole file away: it has been made and not synced yet.
    int is_new;
    int is_deleted;
    /// Whether the deletion itself is durable.
    int is_gone;
};

struct faulty_disk {
    struct faulty_disk *next;
    char folder[PATH_MAX];
    struct node *nodes;
    uint64_t random;
    int64_t operations, cut_at, failures;
    int is_cut, failing, per_mille;
};

/// What SQLite calls a file. The handle of SQLite's own VFS follows it in memory.
struct handle {
    sqlite3_file file;
    faulty_disk *disk;
    struct node *node;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static faulty_disk *disks;
static sqlite3_vfs *original;
static sqlite3_vfs layer;

static sqlite3_file *real(sqlite3_file *file) { return (sqlite3_file *)((struct handle *)file + 1); }

/// SplitMix64.
static uint64_t next_random(faulty_disk *disk) {
    uint64_t number = disk->random += 0x9E3779B97F4A7C15;
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
    return number ^ (number >> 31);
}

/// A test without memory cannot go on.
static void *get(void *former, size_t count) {
    void *memory = realloc(former, count ? count : 1);
    if (!memory) abort();
    return memory;
}

// Changes of a file

static void resize(struct bytes *bytes, size_t count) {
    if (count > bytes->count) {
        bytes->start = get(bytes->start, count);
        memset(bytes->start + bytes->count, 0, count - bytes->count);
    }
    bytes->count = count;
}

static void note(struct node *node, const void *bytes, int count, sqlite3_int64 offset) {
    struct change *change = get(NULL, sizeof *change);
    *change = (struct change){.offset = offset, .count = count};
    if (bytes) {
        change->bytes = get(NULL, (size_t)count);
        memcpy(change->bytes, bytes, (size_t)count);
    }
    *node->end = change;
    node->end = &change->next;
}

static void forget_changes(struct node *node) {
    while (node->first) {
        struct change *change = node->first;
        node->first = change->next;
        free(change->bytes);
        free(change);
    }
    node->end = &node->first;
}

static void apply(const struct change *change, struct bytes *to) {
    if (!change->bytes) {
        resize(to, (size_t)change->offset);
        return;
    }
    size_t end = (size_t)change->offset + (size_t)change->count;
    if (end > to->count) resize(to, end);
    memcpy(to->start + change->offset, change->bytes, (size_t)change->count);
}

/// Applies a change that was not synced: all of it, nothing, or some sectors, and others hold garbage.
static void apply_partly(faulty_disk *disk, const struct change *change, struct bytes *to) {
    uint64_t fate = next_random(disk) % 3;
    if (fate == 0) return;
    if (fate == 1 || !change->bytes) {
        apply(change, to);
        return;
    }
    for (int at = 0; at < change->count;) {
        int end = (int)((change->offset + at) / sector * sector + sector - change->offset);
        if (end > change->count) end = change->count;
        struct change part = {.offset = change->offset + at, .count = end - at, .bytes = change->bytes + at};
        unsigned char garbage[sector];
        switch (next_random(disk) % 4) {
        case 0: break;
        case 1:
            for (int i = 0; i < sector; i++) garbage[i] = (unsigned char)next_random(disk);
            part.bytes = garbage;
            apply(&part, to);
            break;
        default: apply(&part, to);
        }
        at = end;
    }
}

static void synchronize(faulty_disk *disk, struct node *node) {
    for (struct change *change = node->first; change; change = change->next) apply(change, &node->durable);
    forget_changes(node);
    if (!node->is_new) return;
    // With the first sync of a log or journal that it has made, SQLite syncs the folder, hence all names in it.
    for (struct node *other = disk->nodes; other; other = other->next) {
        other->is_new = 0;
        other->is_gone = other->is_deleted;
    }
}

static void synchronize_partly(faulty_disk *disk, struct node *node) {
    for (struct change *change = node->first; change; change = change->next)
        if (next_random(disk) % 2) apply(change, &node->durable);
    forget_changes(node);
}

// Faults; each called with the lock held

/// Counts an operation that changes the disk. Returns whether the power goes off in the middle of it.
static int cuts(faulty_disk *disk) {
    disk->operations++;
    if (!disk->is_cut && disk->operations == disk->cut_at) disk->is_cut = 1;
    return disk->is_cut;
}

static int fails(faulty_disk *disk, int operation) {
    if (!(disk->failing & operation) || next_random(disk) % 1000 >= (uint64_t)disk->per_mille) return 0;
    disk->failures++;
    return 1;
}

// sqlite3_io_methods

static int disk_close(sqlite3_file *file) {
    return real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
}

static int disk_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    struct handle *handle = (struct handle *)file;
    pthread_mutex_lock(&lock);
    int failed = handle->disk->is_cut || fails(handle->disk, faulty_disk_read);
    pthread_mutex_unlock(&lock);
    return failed ? SQLITE_IOERR_READ : real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

static int disk_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    struct handle *handle = (struct handle *)file;
    pthread_mutex_lock(&lock);
    int was_cut = handle->disk->is_cut;
    int code = SQLITE_OK;
    if (cuts(handle->disk)) {
        if (!was_cut) note(handle->node, bytes, count, offset);
        code = SQLITE_IOERR_WRITE;
    } else if (fails(handle->disk, faulty_disk_write)) {
        code = SQLITE_IOERR_WRITE;
    } else if (fails(handle->disk, faulty_disk_grow)) {
        code = SQLITE_FULL;
    } else {
        code = real(file)->pMethods->xWrite(real(file), bytes, count, offset);
        if (code == SQLITE_OK) note(handle->node, bytes, count, offset);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size) {
    struct handle *handle = (struct handle *)file;
    pthread_mutex_lock(&lock);
    int was_cut = handle->disk->is_cut;
    int code = SQLITE_OK;
    if (cuts(handle->disk)) {
        if (!was_cut) note(handle->node, NULL, 0, size);
        code = SQLITE_IOERR_TRUNCATE;
    } else if (fails(handle->disk, faulty_disk_write)) {
        code = SQLITE_IOERR_TRUNCATE;
    } else {
        code = real(file)->pMethods->xTruncate(real(file), size);
        if (code == SQLITE_OK) note(handle->node, NULL, 0, size);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

/// What is synced is durable in the memory of this disk: the real one need not turn.
static int disk_sync(sqlite3_file *file, int flags) {
    (void)flags;
    struct handle *handle = (struct handle *)file;
    pthread_mutex_lock(&lock);
    int code = SQLITE_OK;
    if (cuts(handle->disk)) {
        code = SQLITE_IOERR_FSYNC;
    } else if (fails(handle->disk, faulty_disk_sync)) {
        synchronize_partly(handle->disk, handle->node);
        code = SQLITE_IOERR_FSYNC;
    } else {
        synchronize(handle->disk, handle->node);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int is_cut(sqlite3_file *file) { return faulty_disk_is_cut(((struct handle *)file)->disk); }

static int disk_size(sqlite3_file *file, sqlite3_int64 *size) {
    return is_cut(file) ? SQLITE_IOERR_FSTAT : real(file)->pMethods->xFileSize(real(file), size);
}

static int disk_lock(sqlite3_file *file, int level) {
    return is_cut(file) ? SQLITE_IOERR_LOCK : real(file)->pMethods->xLock(real(file), level);
}

static int disk_unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }

static int disk_reserved(sqlite3_file *file, int *result) {
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

static int disk_control(sqlite3_file *file, int operation, void *argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int disk_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }

static int disk_characteristics(sqlite3_file *file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int disk_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **start) {
    return is_cut(file) ? SQLITE_IOERR_SHMMAP : real(file)->pMethods->xShmMap(real(file), region, size, extend, start);
}

static int disk_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void disk_shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static int disk_shm_unmap(sqlite3_file *file, int removes) {
    return real(file)->pMethods->xShmUnmap(real(file), removes);
}

/// Version 2: without memory mapping, which would go past the reads.
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = disk_close,
    .xRead = disk_read,
    .xWrite = disk_write,
    .xTruncate = disk_truncate,
    .xSync = disk_sync,
    .xFileSize = disk_size,
    .xLock = disk_lock,
    .xUnlock = disk_unlock,
    .xCheckReservedLock = disk_reserved,
    .xFileControl = disk_control,
    .xSectorSize = disk_sector,
    .xDeviceCharacteristics = disk_characteristics,
    .xShmMap = disk_shm_map,
    .xShmLock = disk_shm_lock,
    .xShmBarrier = disk_shm_barrier,
    .xShmUnmap = disk_shm_unmap,
};

// sqlite3_vfs

/// The disk of a path; NULL for a file of another folder. With the lock held.
static faulty_disk *disk_of(const char *path) {
    for (faulty_disk *disk = disks; path && disk; disk = disk->next) {
        size_t length = strlen(disk->folder);
        if (strncmp(path, disk->folder, length) == 0 && path[length] == '/') return disk;
    }
    return NULL;
}

static struct bytes contents(const char *path) {
    struct bytes bytes = {0};
    FILE *stream = fopen(path, "rb");
    if (!stream) return bytes;
    unsigned char piece[65536];
    size_t count;
    while ((count = fread(piece, 1, sizeof piece, stream)) > 0) {
        size_t start = bytes.count;
        resize(&bytes, start + count);
        memcpy(bytes.start + start, piece, count);
    }
    fclose(stream);
    return bytes;
}

static struct node *node_of(faulty_disk *disk, const char *name) {
    for (struct node *node = disk->nodes; node; node = node->next)
        if (!node->is_deleted && strcmp(node->name, name) == 0) return node;
    return NULL;
}

static struct node *make_node(faulty_disk *disk, const char *path, int existed) {
    struct node *node = get(NULL, sizeof *node);
    *node = (struct node){.next = disk->nodes, .name = strdup(path + strlen(disk->folder) + 1), .is_new = !existed};
    node->end = &node->first;
    if (existed) node->durable = contents(path);
    disk->nodes = node;
    return node;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags) {
    (void)vfs;
    pthread_mutex_lock(&lock);
    faulty_disk *disk = disk_of(path);
    if (!disk) {
        pthread_mutex_unlock(&lock);
        return original->xOpen(original, path, file, flags, outFlags);
    }
    struct handle *handle = (struct handle *)file;
    memset(handle, 0, (size_t)layer.szOsFile);
    int code = SQLITE_CANTOPEN, exists = 0;
    if (!disk->is_cut) {
        original->xAccess(original, path, SQLITE_ACCESS_EXISTS, &exists);
        code = original->xOpen(original, path, real(file), flags, outFlags);
    }
    if (code == SQLITE_OK) {
        const char *name = path + strlen(disk->folder) + 1;
        handle->disk = disk;
        handle->node = node_of(disk, name);
        if (!handle->node) handle->node = make_node(disk, path, exists);
        handle->file.pMethods = &methods;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int synchronizes) {
    (void)vfs;
    pthread_mutex_lock(&lock);
    faulty_disk *disk = disk_of(path);
    int code = SQLITE_OK;
    if (disk && cuts(disk)) {
        code = SQLITE_IOERR_DELETE;
    } else {
        code = original->xDelete(original, path, synchronizes);
        struct node *node = disk ? node_of(disk, path + strlen(disk->folder) + 1) : NULL;
        if (node && code == SQLITE_OK) {
            node->is_deleted = 1;
            node->is_gone = synchronizes;
        }
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static void install(void) {
    original = sqlite3_vfs_find(NULL);
    layer = *original;
    layer.zName = "faulty";
    layer.pNext = NULL;
    layer.szOsFile = (int)sizeof(struct handle) + original->szOsFile;
    layer.xOpen = vfs_open;
    layer.xDelete = vfs_delete;
    sqlite3_vfs_register(&layer, 1);
}

// The disk

faulty_disk *faulty_disk_make(const char *folder, uint64_t seed) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    sqlite3_initialize();
    pthread_once(&once, install);
    faulty_disk *disk = get(NULL, sizeof *disk);
    *disk = (faulty_disk){.random = seed, .cut_at = -1};
    if (!realpath(folder, disk->folder)) {
        free(disk);
        return NULL;
    }
    pthread_mutex_lock(&lock);
    disk->next = disks;
    disks = disk;
    pthread_mutex_unlock(&lock);
    return disk;
}

void faulty_disk_free(faulty_disk *disk) {
    pthread_mutex_lock(&lock);
    for (faulty_disk **place = &disks; *place; place = &(*place)->next)
        if (*place == disk) {
            *place = disk->next;
            break;
        }
    pthread_mutex_unlock(&lock);
    while (disk->nodes) {
        struct node *node = disk->nodes;
        disk->nodes = node->next;
        forget_changes(node);
        free(node->durable.start);
        free(node->name);
        free(node);
    }
    free(disk);
}

void faulty_disk_cut_after(faulty_disk *disk, int64_t operations) {
    pthread_mutex_lock(&lock);
    disk->cut_at = disk->operations + operations + 1;
    pthread_mutex_unlock(&lock);
}

int faulty_disk_is_cut(faulty_disk *disk) {
    pthread_mutex_lock(&lock);
    int result = disk->is_cut;
    pthread_mutex_unlock(&lock);
    return result;
}

int64_t faulty_disk_operations(faulty_disk *disk) {
    pthread_mutex_lock(&lock);
    int64_t result = disk->operations;
    pthread_mutex_unlock(&lock);
    return result;
}

void faulty_disk_fail(faulty_disk *disk, int operations, int per_mille) {
    pthread_mutex_lock(&lock);
    disk->failing = operations;
    disk->per_mille = per_mille;
    pthread_mutex_unlock(&lock);
}

int64_t faulty_disk_failures(faulty_disk *disk) {
    pthread_mutex_lock(&lock);
    int64_t result = disk->failures;
    pthread_mutex_unlock(&lock);
    return result;
}

/// Whether the file is there when the power comes back.
static int survives(faulty_disk *disk, const struct node *node) {
    if (node->is_gone) return 0;
    if (node->is_deleted || node->is_new) return next_random(disk) % 2 == 0;
    return 1;
}

static int save(const struct bytes *bytes, const char *path) {
    FILE *stream = fopen(path, "wb");
    if (!stream) return errno;
    int failed = fwrite(bytes->start ? bytes->start : (const void *)"", 1, bytes->count, stream) != bytes->count;
    return fclose(stream) != 0 || failed ? EIO : 0;
}

int faulty_disk_save(faulty_disk *disk, const char *folder) {
    int result = 0;
    pthread_mutex_lock(&lock);
    // From the newest to the oldest: of two files that have had one name, the newer one stays.
    for (struct node *node = disk->nodes; node && result == 0; node = node->next) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%s", folder, node->name);
        FILE *taken = fopen(path, "rb");
        if (taken) {
            fclose(taken);
            continue;
        }
        if (!survives(disk, node)) continue;
        struct bytes bytes = {.count = node->durable.count};
        bytes.start = get(NULL, bytes.count);
        memcpy(bytes.start, node->durable.start ? node->durable.start : (unsigned char *)"", bytes.count);
        for (struct change *change = node->first; change; change = change->next) apply_partly(disk, change, &bytes);
        result = save(&bytes, path);
        free(bytes.start);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
