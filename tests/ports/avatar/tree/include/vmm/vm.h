/* SPDX-License-Identifier: MIT */
#ifndef __VM_H__
#define __VM_H__

#include "../avatar_types.h"

#include "vcpu.h"
#include "vgic.h"
#include "task/task.h"
#include "../guest/guest_manifest.h"

#define VM_NAME_MAX 64

typedef struct _tcb_t tcb_t;
typedef struct _vgic_t vgic_t;

/* The fields of Avatar's structure that the VirtIO devices use, in Avatar's order. */
struct _vm_t {
    uint32_t vm_id;
    char vm_name[VM_NAME_MAX];
    void *stage2pg_base;
    uint64_t entry;
    uint32_t vcpu_cnt;
    list_t vcpus;
    tcb_t *primary_vcpu;
    vgic_t *vgic;
    const guest_manifest_t *manifest;
};

struct _vm_t *alloc_vm();
void vm_init_with_manifest(struct _vm_t *vm, const guest_manifest_t *manifest);

#endif
