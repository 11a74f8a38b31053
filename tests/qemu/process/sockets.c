/* SPDX-License-Identifier: MIT */
#include <sys/socket.h> /* before the next header, which uses struct sockaddr */

#include <linux/vm_sockets.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* In the guest: connects to port 52 of the host, sends a line, and prints the line that comes back. */

int main(void)
{
    const struct sockaddr_vm host = {.svm_family = AF_VSOCK, .svm_port = 52, .svm_cid = VMADDR_CID_HOST};
    const int fd = socket(AF_VSOCK, SOCK_STREAM, 0);
    char line[128];
    size_t n = 0;

    if (fd < 0 || connect(fd, (const struct sockaddr *)&host, sizeof(host)) != 0) {
        puts("absent");
        return 1;
    }
    if (write(fd, "from the guest\n", 15) != 15)
        return 1;
    while (n + 1 < sizeof(line) && read(fd, line + n, 1) == 1 && line[n] != '\n')
        n++;
    line[n] = 0;
    puts(line);
    return 0;
}
