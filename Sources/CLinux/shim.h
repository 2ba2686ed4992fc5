// Linux calls that Swift's Glibc module leaves out: epoll(7), eventfd(2), accept4(2), sendfile(2), prctl(2).
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

// prctl is variadic. The name is cut after 15 bytes.
static inline int clinux_set_thread_name(const char *name) {
    return prctl(PR_SET_NAME, name, 0, 0, 0);
}
