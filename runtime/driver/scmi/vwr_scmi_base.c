/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/scmi.h"

/* Messages of SCMI's base protocol, which every platform has. Section: SCMI Device. */

#define SCMI_WORD ((uint32_t)sizeof(vwr_le32))
#define SCMI_ALL 255u /* protocols */

/* Values are SCMI's, and little-endian for every driver. */
static uint32_t scmi_word(const struct vwr_scmi_answer *a)
{
    return vwr_bytes_number(a->values, SCMI_WORD, false);
}

/* Sends a command of which the answer is a number. */
static int scmi_ask(struct vwr_scmi *c, uint8_t protocol, uint8_t message, uint32_t *n)
{
    const struct vwr_scmi_command m = {
        .protocol = protocol, .message = message, .values_bytes = SCMI_WORD, .values_least = SCMI_WORD};
    struct vwr_scmi_answer a;
    const int r = vwr_scmi_do(c, &m, &a);

    if (r == VWR_OK)
        *n = scmi_word(&a);
    return r;
}

int vwr_scmi_version(struct vwr_scmi *c, uint8_t protocol, uint32_t *version)
{
    return scmi_ask(c, protocol, VWR_SCMI_PROTOCOL_VERSION, version);
}

/*
 * Asks for the protocols from number `skip` on. They come after their count, one in each byte. Returns how
 * many these are, at least one.
 */
static int scmi_list(struct vwr_scmi *c, uint32_t skip, struct vwr_scmi_answer *a)
{
    uint8_t params[sizeof(vwr_le32)];
    const struct vwr_scmi_command m = {.protocol = VWR_SCMI_BASE,
                                       .message = VWR_SCMI_BASE_DISCOVER_LIST_PROTOCOLS,
                                       .params = params,
                                       .params_bytes = sizeof(params),
                                       .values_bytes = VWR_SCMI_BYTES - VWR_SCMI_STATUS_BYTES,
                                       .values_least = SCMI_WORD};
    uint32_t n;
    int r;

    for (unsigned i = 0; i < sizeof(params); i++)
        params[i] = (uint8_t)(skip >> i * 8u);
    r = vwr_scmi_do(c, &m, a);
    if (r != VWR_OK)
        return r;
    n = scmi_word(a);
    if (n == 0 || n > a->bytes - SCMI_WORD)
        return vwr_request_note(&c->client.cmdq.requests, VWR_FAULT_SCMI_LIST,
                                c->request[VWR_SCMI_COMMANDS].header, n);
    return (int)n;
}

int vwr_scmi_protocols(struct vwr_scmi *c, uint8_t *list, unsigned most)
{
    struct vwr_scmi_answer a;
    uint32_t count = 0, done = 0;
    int r = scmi_ask(c, VWR_SCMI_BASE, VWR_SCMI_PROTOCOL_ATTRIBUTES, &count);

    count &= SCMI_ALL;
    while (r >= VWR_OK && done < count) {
        r = scmi_list(c, done, &a);
        for (uint32_t i = 0; r > 0 && i < (uint32_t)r && done < count; i++, done++)
            if (done < most)
                list[done] = a.values[SCMI_WORD + i];
    }
    return r < VWR_OK ? r : (int)count;
}
