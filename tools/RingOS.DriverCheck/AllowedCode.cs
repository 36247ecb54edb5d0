// The instructions a driver may consist of: those that verifiable code has (ECMA-335 III.1.8), less what no driver needs: static fields,
// function pointers, tokens, and everything that is as wide as an address. Next: DriverRules.cs
using System.Collections.Generic;
using Mono.Cecil.Cil;

namespace RingOS.DriverCheck;

/// <summary>Not here: calli, jmp, ldftn, ldvirtftn, localloc, cpblk, initblk, cpobj, ldtoken, sizeof, arglist, mkrefany, refanyval, refanytype,
/// ldsfld, ldsflda, stsfld, conv.i, conv.u and their kind, ldind.i, stind.i, ldelem.i, stelem.i, unaligned., tail., no., rethrow, endfilter.</summary>
public static class AllowedCode
{
    public static readonly IReadOnlySet<Code> All = new HashSet<Code>
    {
        Code.Nop, Code.Dup, Code.Pop, Code.Ret, Code.Throw, Code.Switch, Code.Leave, Code.Leave_S, Code.Endfinally,

        Code.Ldarg_0, Code.Ldarg_1, Code.Ldarg_2, Code.Ldarg_3, Code.Ldarg_S, Code.Ldarg, Code.Ldarga_S, Code.Ldarga, Code.Starg_S, Code.Starg,
        Code.Ldloc_0, Code.Ldloc_1, Code.Ldloc_2, Code.Ldloc_3, Code.Ldloc_S, Code.Ldloc, Code.Ldloca_S, Code.Ldloca,
        Code.Stloc_0, Code.Stloc_1, Code.Stloc_2, Code.Stloc_3, Code.Stloc_S, Code.Stloc,

        Code.Ldnull, Code.Ldstr, Code.Ldc_I4_M1, Code.Ldc_I4_0, Code.Ldc_I4_1, Code.Ldc_I4_2, Code.Ldc_I4_3, Code.Ldc_I4_4, Code.Ldc_I4_5,
        Code.Ldc_I4_6, Code.Ldc_I4_7, Code.Ldc_I4_8, Code.Ldc_I4_S, Code.Ldc_I4, Code.Ldc_I8, Code.Ldc_R4, Code.Ldc_R8,

        Code.Br, Code.Br_S, Code.Brfalse, Code.Brfalse_S, Code.Brtrue, Code.Brtrue_S, Code.Beq, Code.Beq_S, Code.Bne_Un, Code.Bne_Un_S,
        Code.Bge, Code.Bge_S, Code.Bge_Un, Code.Bge_Un_S, Code.Bgt, Code.Bgt_S, Code.Bgt_Un, Code.Bgt_Un_S,
        Code.Ble, Code.Ble_S, Code.Ble_Un, Code.Ble_Un_S, Code.Blt, Code.Blt_S, Code.Blt_Un, Code.Blt_Un_S,
        Code.Ceq, Code.Cgt, Code.Cgt_Un, Code.Clt, Code.Clt_Un,

        Code.Add, Code.Add_Ovf, Code.Add_Ovf_Un, Code.Sub, Code.Sub_Ovf, Code.Sub_Ovf_Un, Code.Mul, Code.Mul_Ovf, Code.Mul_Ovf_Un,
        Code.Div, Code.Div_Un, Code.Rem, Code.Rem_Un, Code.Neg, Code.Not, Code.And, Code.Or, Code.Xor, Code.Shl, Code.Shr, Code.Shr_Un,

        Code.Conv_I1, Code.Conv_U1, Code.Conv_I2, Code.Conv_U2, Code.Conv_I4, Code.Conv_U4, Code.Conv_I8, Code.Conv_U8,
        Code.Conv_R4, Code.Conv_R8, Code.Conv_R_Un,
        Code.Conv_Ovf_I1, Code.Conv_Ovf_U1, Code.Conv_Ovf_I2, Code.Conv_Ovf_U2, Code.Conv_Ovf_I4, Code.Conv_Ovf_U4, Code.Conv_Ovf_I8,
        Code.Conv_Ovf_U8, Code.Conv_Ovf_I1_Un, Code.Conv_Ovf_U1_Un, Code.Conv_Ovf_I2_Un, Code.Conv_Ovf_U2_Un, Code.Conv_Ovf_I4_Un,
        Code.Conv_Ovf_U4_Un, Code.Conv_Ovf_I8_Un, Code.Conv_Ovf_U8_Un,

        Code.Call, Code.Callvirt, Code.Newobj, Code.Constrained, Code.Readonly, Code.Volatile,
        Code.Ldfld, Code.Ldflda, Code.Stfld, Code.Ldobj, Code.Stobj, Code.Initobj,
        Code.Box, Code.Unbox, Code.Unbox_Any, Code.Castclass, Code.Isinst,
        Code.Ldind_I1, Code.Ldind_U1, Code.Ldind_I2, Code.Ldind_U2, Code.Ldind_I4, Code.Ldind_U4, Code.Ldind_I8, Code.Ldind_R4, Code.Ldind_R8,
        Code.Ldind_Ref, Code.Stind_I1, Code.Stind_I2, Code.Stind_I4, Code.Stind_I8, Code.Stind_R4, Code.Stind_R8, Code.Stind_Ref,

        Code.Newarr, Code.Ldlen, Code.Ldelema, Code.Ldelem_I1, Code.Ldelem_U1, Code.Ldelem_I2, Code.Ldelem_U2, Code.Ldelem_I4, Code.Ldelem_U4,
        Code.Ldelem_I8, Code.Ldelem_R4, Code.Ldelem_R8, Code.Ldelem_Ref, Code.Ldelem_Any, Code.Stelem_I1, Code.Stelem_I2, Code.Stelem_I4,
        Code.Stelem_I8, Code.Stelem_R4, Code.Stelem_R8, Code.Stelem_Ref, Code.Stelem_Any,
    };
}
