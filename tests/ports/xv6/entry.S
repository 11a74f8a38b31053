/* SPDX-License-Identifier: MIT */

/* From machine mode, where QEMU starts an image without firmware, to supervisor mode; traps; the switch. */

#define MSTATUS_MPP_BOTH (3 << 11)
#define MSTATUS_MPP_S (1 << 11)
#define SIE_ALL ((1 << 1) | (1 << 5) | (1 << 9))
#define MENVCFG 0x30a /* by their numbers: older assemblers have no name for them */
#define STIMECMP 0x14d

    .section .text.entry, "ax"
    .global entry
entry:
    csrr    t0, mhartid
1:  bnez    t0, 1b
    la      sp, boot_stack_top
    la      t0, bss_start
    la      t1, bss_end
2:  sd      zero, (t0)
    addi    t0, t0, 8
    bltu    t0, t1, 2b

    li      t0, MSTATUS_MPP_BOTH
    csrc    mstatus, t0
    li      t0, MSTATUS_MPP_S
    csrs    mstatus, t0
    la      t0, kernel_main
    csrw    mepc, t0
    csrw    satp, zero
    li      t0, 0xffff
    csrw    medeleg, t0
    csrw    mideleg, t0
    li      t0, SIE_ALL
    csrs    sie, t0
    li      t0, -1          /* all of memory is the supervisor's */
    srli    t0, t0, 10
    csrw    pmpaddr0, t0
    li      t0, 0xf
    csrw    pmpcfg0, t0
    li      t0, -1          /* its timer too (Sstc), and the time */
    slli    t0, t0, 63
    csrs    MENVCFG, t0
    csrsi   mcounteren, 2
    mret

/* void set_timer(uint64 time) */
    .text
    .global set_timer
set_timer:
    csrw    STIMECMP, a0
    ret

/* Any trap in the kernel, on the stack of whoever runs: what a C function may change is saved. */
    .balign 4
    .global kernel_vector
kernel_vector:
    addi    sp, sp, -128
    sd      ra, 0(sp)
    sd      t0, 8(sp)
    sd      t1, 16(sp)
    sd      t2, 24(sp)
    sd      a0, 32(sp)
    sd      a1, 40(sp)
    sd      a2, 48(sp)
    sd      a3, 56(sp)
    sd      a4, 64(sp)
    sd      a5, 72(sp)
    sd      a6, 80(sp)
    sd      a7, 88(sp)
    sd      t3, 96(sp)
    sd      t4, 104(sp)
    sd      t5, 112(sp)
    sd      t6, 120(sp)
    call    kernel_trap
    ld      ra, 0(sp)
    ld      t0, 8(sp)
    ld      t1, 16(sp)
    ld      t2, 24(sp)
    ld      a0, 32(sp)
    ld      a1, 40(sp)
    ld      a2, 48(sp)
    ld      a3, 56(sp)
    ld      a4, 64(sp)
    ld      a5, 72(sp)
    ld      a6, 80(sp)
    ld      a7, 88(sp)
    ld      t3, 96(sp)
    ld      t4, 104(sp)
    ld      t5, 112(sp)
    ld      t6, 120(sp)
    addi    sp, sp, 128
    sret

/* void swtch(uint64 **from, uint64 *to): what a function must keep lies on the stack, the context is its sp. */
    .global swtch
swtch:
    addi    sp, sp, -112
    sd      ra, 0(sp)
    sd      s0, 8(sp)
    sd      s1, 16(sp)
    sd      s2, 24(sp)
    sd      s3, 32(sp)
    sd      s4, 40(sp)
    sd      s5, 48(sp)
    sd      s6, 56(sp)
    sd      s7, 64(sp)
    sd      s8, 72(sp)
    sd      s9, 80(sp)
    sd      s10, 88(sp)
    sd      s11, 96(sp)
    sd      sp, (a0)
    mv      sp, a1
    ld      ra, 0(sp)
    ld      s0, 8(sp)
    ld      s1, 16(sp)
    ld      s2, 24(sp)
    ld      s3, 32(sp)
    ld      s4, 40(sp)
    ld      s5, 48(sp)
    ld      s6, 56(sp)
    ld      s7, 64(sp)
    ld      s8, 72(sp)
    ld      s9, 80(sp)
    ld      s10, 88(sp)
    ld      s11, 96(sp)
    addi    sp, sp, 112
    ret

    .section .note.GNU-stack, "", %progbits
