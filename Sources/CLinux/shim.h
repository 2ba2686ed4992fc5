// Linux calls that Swift's Glibc module leaves out: epoll(7), eventfd(2), accept4(2), sendfile(2), prctl(2),
// sem_clockwait(3), mallopt(3), ioctl(2), signalfd(2), memmem(3).
#pragma once
#include <semaphore.h>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

// Declared by the system's header for _GNU_SOURCE only, under which other types would differ from the Glibc module's.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
extern void *memmem(const void *bytes, size_t length, const void *wanted, size_t wanted_length);
extern int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *end);

// prctl is variadic. The name is cut after 15 bytes.
static inline int clinux_set_thread_name(const char *name) {
    return prctl(PR_SET_NAME, name, 0, 0, 0);
}

// With _GNU_SOURCE the address is a transparent union, which Swift cannot count on.
static inline int clinux_accept4(int socket, struct sockaddr *address, socklen_t *length, int flags) {
    return accept4(socket, address, length, flags);
}

// Declared for _GNU_SOURCE only.
static const int clinux_F_OFD_SETLK = 37;
#if defined(__aarch64__) || defined(__arm__)
static const int clinux_O_TMPFILE = 020000000 | 040000;
#else
static const int clinux_O_TMPFILE = 020000000 | 0200000;
#endif
extern int mkostemp(char *name, int flags);
static const unsigned int clinux_RENAME_EXCHANGE = 2;
extern int renameat2(int from_directory, const char *from, int to_directory, const char *to, unsigned int flags);

// ioctl is variadic. Bytes that a TCP socket has sent and its peer has not acknowledged (SIOCOUTQ, tcp(7)); of a Unix
// socket, those that its peer has not received. -1 for a descriptor that is no socket.
static inline int clinux_unacknowledged(int socket) {
    int bytes = 0;
    return ioctl(socket, TIOCOUTQ, &bytes) == 0 ? bytes : -1;
}

extern char **environ;

// Swift does not read a variable of C that may change.
static inline char **clinux_environ(void) { return environ; }
