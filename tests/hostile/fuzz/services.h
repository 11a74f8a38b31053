/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_SERVICES_H
#define VWR_FUZZ_SERVICES_H

#include "world.h"

#include "vwr/vservice.h"

/*
 * All generated services. The input selects what their functions do (services.c.j2 generates the table from
 * the description; answers.c has the functions of all services).
 */

#define SERVICE_SEND_BYTES 1024u /* bytes that a host sends */
#define SERVICE_FAMILY 2u        /* queues of one kind, where the configuration contains their number */

struct service_row {
    uint32_t id; /* device id */
    size_t bytes;
    struct vwr_features features;
    int (*init)(void *service, const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                const struct vwr_service_memory *memory);
    /* Sets the number of queues of each family to SERVICE_FAMILY in the configuration. */
    void (*count)(void *service);
    /* Sends an unsolicited message from the device; bytes[0 .. SERVICE_SEND_BYTES) provide its contents. */
    void (*send)(void *service, unsigned which, const uint8_t *bytes, uint32_t n);
    /* A queue for messages that exists without any feature, or none. */
    int queue;
};

extern const struct service_row service_rows[];
extern const unsigned service_rows_count;

/* The functions of each table. After the input ends they return VWR_OK. */
void services_feed(struct input *in);
int services_called(struct vwr_vmessage *x, const void *m, size_t m_bytes, void *a, size_t a_bytes);
int services_item(void *item, size_t bytes);
uint32_t services_took(const uint8_t *bytes, uint32_t n);
void services_sent(int result);

/* Plans the world for the selected device. */
extern const struct world_service services_world;
void services_plan(struct world_plan *p, struct input *in);

/* Index in service_rows of the planned device: the one with the id in the input, otherwise any. */
unsigned services_index(void);

/* The service of the world. */
struct vwr_service *services_now(void);

#endif
