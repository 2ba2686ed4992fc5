// Linux calls that Swift's Glibc module leaves out: epoll(7), eventfd(2), accept4(2).
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
