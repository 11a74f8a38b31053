/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/vhost-user.yaml by ./vwr generate: do not edit. */
/* QEMU, docs/interop/vhost-user.rst; Vhost-user Protocol */

#include "vwr/features.h"
#include "vwr/gen/vhost_user.h"

const struct vwr_socket_message vwr_vhost_user_request_messages[VWR_VHOST_USER_REQUEST_COUNT] = {
    [VWR_VHOST_USER_GET_FEATURES] = {
        .least = 0, .most = 0, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_FEATURES] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_OWNER] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_RESET_OWNER] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_MEM_TABLE] = {
        .least = 8, .most = 264, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 8}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_LOG_BASE] = {
        .least = 16, .most = 16, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_LOG_SHMFD,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {1, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_LOG_FD] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {1, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_NUM] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_STOPPED,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_ADDR] = {
        .least = 40, .most = 40, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_BASE] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_STOPPED,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_VRING_BASE] = {
        .least = 8, .most = 8, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_KICK] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_CALL] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_ERR] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_PROTOCOL_FEATURES] = {
        .least = 0, .most = 0, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_PROTOCOL_FEATURES] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_QUEUE_NUM] = {
        .least = 0, .most = 0, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_MQ,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_ENABLE] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SEND_RARP] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_RARP,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_NET_SET_MTU] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_MTU,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_BACKEND_REQ_FD] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {1, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_IOTLB_MSG] = {
        .least = 32, .most = 32, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_VRING_ENDIAN] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_CROSS_ENDIAN,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_STOPPED,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_CONFIG] = {
        .least = 12, .most = 268, .reply_least = 0, .reply_most = 268,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_CONFIG,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_CONFIG] = {
        .least = 12, .most = 268, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_CONFIG,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_CREATE_CRYPTO_SESSION] = {
        .least = 0, .most = 0xffffffffu, .reply_least = 0, .reply_most = 0xffffffffu,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_CLOSE_CRYPTO_SESSION] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_POSTCOPY_ADVISE] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_PAGEFAULT,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {1, 1},
    },
    [VWR_VHOST_USER_POSTCOPY_LISTEN] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_PAGEFAULT,
        .after = VWR_VHOST_USER_POSTCOPY_ADVISE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_POSTCOPY_END] = {
        .least = 0, .most = 0, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_PAGEFAULT,
        .after = VWR_VHOST_USER_POSTCOPY_LISTEN, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_INFLIGHT_FD] = {
        .least = 20, .most = 24, .reply_least = 20, .reply_most = 24,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {1, 1},
    },
    [VWR_VHOST_USER_SET_INFLIGHT_FD] = {
        .least = 20, .most = 24, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ALL_STOPPED,
        .files = {1, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GPU_SET_SOCKET] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {1, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_RESET_DEVICE] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_RESET_DEVICE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_VRING_KICK] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_MAX_MEM_SLOTS] = {
        .least = 0, .most = 0, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_ADD_MEM_REG] = {
        .least = 40, .most = 40, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {1, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_REM_MEM_REG] = {
        .least = 40, .most = 40, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_SET_STATUS] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_STATUS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_STATUS] = {
        .least = 0, .most = 0, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_STATUS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_GET_SHARED_OBJECT] = {
        .least = 16, .most = 16, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_SHARED_OBJECT,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 1},
    },
    [VWR_VHOST_USER_SET_DEVICE_STATE_FD] = {
        .least = 8, .most = 8, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ALL_STOPPED,
        .files = {1, 1}, .reply_files = {0, 1},
    },
    [VWR_VHOST_USER_CHECK_DEVICE_STATE] = {
        .least = 0, .most = 0, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE,
        .after = VWR_VHOST_USER_SET_DEVICE_STATE_FD, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
};

const struct vwr_socket_message vwr_vhost_user_back_end_request_messages[VWR_VHOST_USER_BACK_END_REQUEST_COUNT] = {
    [VWR_VHOST_USER_BACKEND_IOTLB_MSG] = {
        .least = 32, .most = 32, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_FEATURE_NONE,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG] = {
        .least = 0, .most = 0, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_CONFIG,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_BACKEND_VRING_HOST_NOTIFIER_MSG] = {
        .least = 24, .most = 24, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_HOST_NOTIFIER,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 1}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_BACKEND_VRING_CALL] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_BACKEND_VRING_ERR] = {
        .least = 8, .most = 8, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_BACKEND_SHARED_OBJECT_ADD] = {
        .least = 16, .most = 16, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_SHARED_OBJECT,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_BACKEND_SHARED_OBJECT_REMOVE] = {
        .least = 16, .most = 16, .reply_least = 0, .reply_most = 0,
        .known = 1, .answered = 0, .needs = VWR_VHOST_USER_PROTOCOL_F_SHARED_OBJECT,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 0},
    },
    [VWR_VHOST_USER_BACKEND_SHARED_OBJECT_LOOKUP] = {
        .least = 16, .most = 16, .reply_least = 8, .reply_most = 8,
        .known = 1, .answered = 1, .needs = VWR_VHOST_USER_PROTOCOL_F_SHARED_OBJECT,
        .after = VWR_MESSAGE_NONE, .rings = VWR_RINGS_ANY,
        .files = {0, 0}, .reply_files = {0, 1},
    },
};
