/* SPDX-License-Identifier: MIT */
/*
 * Sockets: a question to a port of the host, and its answer; then a port that returns what it receives, until
 * the host has closed the connection or has not connected for some time.
 */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/vsock.h"

#define HOST_PORT 1234u
#define OWN_PORT 99u
#define SOCKETS 4u
#define BYTES 4096u /* of the receive buffer of a socket */
#define WAIT_US 5000000u

static struct vwr_vsock_shared shared; /* shared with the device */
static struct vwr_vsock vsock;         /* private; the device must not access it, nor these: */
static struct vwr_socket socket[SOCKETS];
static uint8_t buffer[VWR_SOCKET_BYTES(SOCKETS, BYTES)];
static struct vwr_mmio mmio;

/* Waits until something has arrived, and reads it. 0: the connection has ended. */
static int next_bytes(struct vwr_socket *s, char *bytes, size_t n)
{
    const int r = vwr_vsock_wait(&vsock, s, VWR_SOCKET_READABLE, WAIT_US);

    return r >= 0 ? vwr_socket_receive(s, bytes, n, NULL) : r;
}

static int ask(void)
{
    struct vwr_socket *s = NULL;
    char answer[64];
    int r = vwr_socket_connect(&vsock.sockets, VWR_VSOCK_CID_HOST, HOST_PORT, VWR_VSOCK_TYPE_STREAM, &s);

    if (r == VWR_OK)
        r = vwr_vsock_wait(&vsock, s, VWR_SOCKET_WRITABLE, WAIT_US);
    if (r > 0 && s->state == VWR_SOCKET_CONNECTED)
        r = vwr_socket_send(s, "Hello", 5, 0);
    if (r > 0)
        r = next_bytes(s, answer, sizeof(answer) - 1);
    if (r >= 0) {
        answer[r] = '\0';
        say(answer);
    }
    if (s != NULL)
        vwr_socket_close(s);
    return r < 0 ? r : VWR_OK;
}

static int answer(void)
{
    struct vwr_socket *listener, *s;
    char bytes[64];
    int r = vwr_socket_listen(&vsock.sockets, OWN_PORT, VWR_VSOCK_TYPE_STREAM, 1, &listener);

    if (r == VWR_OK)
        r = vwr_vsock_wait(&vsock, listener, VWR_SOCKET_READABLE, WAIT_US);
    s = r > 0 ? vwr_socket_accept(listener) : NULL;
    while (s != NULL && (r = next_bytes(s, bytes, sizeof(bytes))) > 0)
        r = vwr_socket_send(s, bytes, (size_t)r, 0);
    if (s != NULL)
        vwr_socket_close(s);
    return r < 0 && r != VWR_ETIMEOUT ? r : VWR_OK;
}

int example(void)
{
    const struct vwr_vsock_options o = {.shared = &shared,
                                        .sockets = {socket, SOCKETS, buffer, sizeof(buffer)}};
    int r = board_find(&mmio, VWR_ID_VSOCK);

    r = r == VWR_OK ? vwr_vsock_open(&vsock, &mmio.dev, &o) : r;
    if (r != VWR_OK)
        return r;
    r = ask();
    if (r == VWR_OK)
        r = answer();
    return vwr_close(&vsock.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
