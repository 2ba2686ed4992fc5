// Opens idle connections:  crowd PORT COUNT  sends one request on each, reads its answer, prints how many are open and
// keeps them open until standard input ends.
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    int open = 0;
    for (int i = 0; i < atoi(argv[2]); i++) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        char answer[1024];
        if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) break;
        if (write(fd, request, sizeof request - 1) < 0 || read(fd, answer, sizeof answer) <= 0) break;
        open++;
    }
    printf("%d\n", open);
    fflush(stdout);
    while (getchar() != EOF) {}
}
