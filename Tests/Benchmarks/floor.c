// The floor: the least that a server on epoll can do for a request. It reads, looks for the empty lines that end the
// heads, and sends as many fixed answers with one write. It parses nothing and checks nothing.
// Usage: floor; prints its port. One thread.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char answer[] =
    "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 3\r\n\r\nok\n";
static char input[65536], output[65536 * 4];

static void serve(int fd) {
    ssize_t count = read(fd, input, sizeof input);
    if (count <= 0) {
        close(fd);
        return;
    }
    size_t length = 0;
    for (char *at = input, *end; (end = memmem(at, input + count - at, "\r\n\r\n", 4)); at = end + 4) {
        memcpy(output + length, answer, sizeof answer - 1);
        length += sizeof answer - 1;
    }
    if (write(fd, output, length) < 0) close(fd);
}

int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0), one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1024)) return 1;
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd != listener) {
                serve(events[i].data.fd);
                continue;
            }
            event.events = EPOLLIN | EPOLLET;
            event.data.fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
            epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
        }
    }
}
