/* SPDX-License-Identifier: MIT */
#ifndef __ASSEMBLER__

/* Control and status registers: r_NAME and w_NAME. */
#define READ(name)                                         \
    static inline uint64 r_##name(void)                    \
    {                                                      \
        uint64 value;                                      \
        __asm__ volatile("csrr %0, " #name : "=r"(value)); \
        return value;                                      \
    }
#define WRITE(name)                                          \
    static inline void w_##name(uint64 value)                \
    {                                                        \
        __asm__ volatile("csrw " #name ", %0" ::"r"(value)); \
    }

READ(mhartid)
READ(mstatus)
WRITE(mstatus)
WRITE(mepc)
WRITE(medeleg)
WRITE(mideleg)
READ(mie)
WRITE(mie)
WRITE(mtvec)
WRITE(mscratch)
READ(mcounteren)
WRITE(mcounteren)
WRITE(pmpaddr0)
WRITE(pmpcfg0)
READ(sstatus)
WRITE(sstatus)
READ(sip)
WRITE(sip)
READ(sie)
WRITE(sie)
READ(sepc)
WRITE(sepc)
WRITE(stvec)
READ(scause)
READ(stval)
READ(satp)
WRITE(satp)
READ(time)
#undef READ
#undef WRITE

#define MSTATUS_MPP_MASK (3L << 11)
#define MSTATUS_MPP_S (1L << 11)
#define MSTATUS_MIE (1L << 3)
#define MIE_MTIE (1L << 7)
#define SSTATUS_SPP (1L << 8)
#define SSTATUS_SIE (1L << 1)
#define SIE_SEIE (1L << 9)
#define SIE_STIE (1L << 5)
#define SIE_SSIE (1L << 1)

static inline void intr_on(void)
{
    w_sstatus(r_sstatus() | SSTATUS_SIE);
}

static inline void intr_off(void)
{
    w_sstatus(r_sstatus() & ~SSTATUS_SIE);
}

static inline int intr_get(void)
{
    return (r_sstatus() & SSTATUS_SIE) != 0;
}

/* The hart's number, kept in tp. */
static inline uint64 r_tp(void)
{
    uint64 value;

    __asm__ volatile("mv %0, tp" : "=r"(value));
    return value;
}

static inline void w_tp(uint64 value)
{
    __asm__ volatile("mv tp, %0" ::"r"(value));
}

static inline void sfence_vma(void)
{
    __asm__ volatile("sfence.vma" ::: "memory");
}

typedef uint64 pte_t;
typedef uint64 *pagetable_t;

#endif

#define PGSIZE 4096
#define PGSHIFT 12
#define PGROUNDUP(bytes) (((bytes) + PGSIZE - 1) & ~(PGSIZE - 1))
#define PGROUNDDOWN(address) ((address) & ~(PGSIZE - 1))

#define PTE_V (1L << 0)
#define PTE_R (1L << 1)
#define PTE_W (1L << 2)
#define PTE_X (1L << 3)
#define PTE_U (1L << 4)
#define PA2PTE(pa) ((uint64)(pa) >> 12 << 10)
#define PTE2PA(pte) ((pte) >> 10 << 12)

#define PXMASK 0x1ff
#define PXSHIFT(level) (PGSHIFT + 9 * (level))
#define PX(level, va) ((uint64)(va) >> PXSHIFT(level) & PXMASK)
#define MAXVA (1L << 38)

#define SATP_SV39 (8L << 60)
#define MAKE_SATP(pagetable) (SATP_SV39 | (uint64)(pagetable) >> 12)
