// Tells ThreadSanitizer what Swift's Mutex does where it has to wait.
//
// The quick way through Synchronization.Mutex is compiled into the program, where the sanitizer sees it; the slow one
// is in the Swift library, where it does not, and so takes every contended lock for a race. This library is preloaded
// in front of that one, passes each call on, and reports the hand-over. Swift passes `self` as the context.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *mutex

SWIFT void lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void unlock_slow(SELF) __asm__(UNLOCK);

static void report(const char *name, void *mutex) {
    void (*function)(void *) = dlsym(RTLD_DEFAULT, name);
    if (function) function(mutex);
}

SWIFT void lock_slow(uint32_t thread, SELF) {
    SWIFT void (*next)(uint32_t, SELF) = dlsym(RTLD_NEXT, LOCK);
    next(thread, mutex);
    report("__tsan_acquire", mutex);
}

SWIFT void unlock_slow(SELF) {
    SWIFT void (*next)(SELF) = dlsym(RTLD_NEXT, UNLOCK);
    report("__tsan_release", mutex);
    next(mutex);
}
