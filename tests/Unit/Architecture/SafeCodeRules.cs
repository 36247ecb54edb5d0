// What C# memory safety means for an assembly, read from its IL rather than its source. Next: SafeCodeTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Finds everything in an assembly that could reach memory it was not given, or remember something across objects.</summary>
/// <param name="allowedApi">Members of the core library that may be used though their type may not: <c>Type::Member</c>.</param>
internal sealed class SafeCodeRules(params string[] allowedApi)
{
    // The part of the core library that can do nothing but compute. Attributes and compiler services marked by name end in Attribute.
    private static readonly HashSet<string> s_harmlessTypes =
    [
        "System.Object", "System.ValueType", "System.Enum", "System.Attribute", "System.Math", "System.String", "System.Array",
        "System.ReadOnlySpan`1", "System.Span`1", "System.Nullable`1",
        "System.Numerics.BitOperations", "System.Buffers.Binary.BinaryPrimitives",
    ];

    private static readonly HashSet<Code> s_unsafeCode =
    [
        Code.Calli, Code.Localloc, Code.Cpblk, Code.Initblk, Code.Ldftn, Code.Ldvirtftn, Code.Jmp, Code.Unaligned,
        Code.Arglist, Code.Mkrefany, Code.Refanyval, Code.Refanytype,
    ];

    // The compiler puts these into every assembly whose core library lacks them.
    private static readonly HashSet<string> s_compilerTypes =
    [
        "Microsoft.CodeAnalysis.EmbeddedAttribute",
        "System.Runtime.CompilerServices.NullableAttribute", "System.Runtime.CompilerServices.NullableContextAttribute",
        "System.Runtime.CompilerServices.NullablePublicOnlyAttribute",
    ];

    /// <summary>One line for each offence.</summary>
    public List<string> Check(IEnumerable<TypeDefinition> types) => [.. types.SelectMany(CheckType)];

    private IEnumerable<string> CheckType(TypeDefinition type)
    {
        if (IsCoreLibraryName(type.FullName) && !s_compilerTypes.Contains(type.FullName))
            yield return $"{type.FullName} has a name that the compilers know";
        if (type.IsExplicitLayout && !IsCompilerData(type))
            yield return $"{type.FullName} has an explicit layout";
        foreach (FieldDefinition field in type.Fields)
        {
            if (HasPointer(field.FieldType))
                yield return $"{field.FullName} holds a pointer";
            if (field.IsStatic && !field.IsLiteral && !field.IsInitOnly)
                yield return $"{field.FullName} is static and can change";
        }
        foreach (string offence in type.Methods.SelectMany(CheckMethod))
            yield return offence;
    }

    private IEnumerable<string> CheckMethod(MethodDefinition method)
    {
        if (method.IsPInvokeImpl || method.IsInternalCall)
            yield return $"{method.FullName} is implemented outside C#";
        if (method.Parameters.Select(static parameter => parameter.ParameterType).Append(method.ReturnType).Any(HasPointer))
            yield return $"{method.FullName} passes a pointer";
        if (!method.HasBody)
            yield break;
        if (method.Body.Variables.Any(static variable => HasPointer(variable.VariableType) || variable.VariableType.IsPinned))
            yield return $"{method.FullName} keeps a pointer";
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (s_unsafeCode.Contains(instruction.OpCode.Code))
                yield return $"{method.FullName} uses {instruction.OpCode.Name}";
            if (instruction.Operand is MemberReference member and not TypeReference && !IsAllowed(member))
                yield return $"{method.FullName} uses {member.DeclaringType.GetElementType().FullName}::{member.Name}";
        }
    }

    // Other assemblies of RingOS have their own walls: ReferenceTests says which of them may be referenced at all.
    private bool IsAllowed(MemberReference member)
    {
        TypeReference type = member.DeclaringType.GetElementType();
        string name = type.FullName;
        return !IsCoreLibraryName(name)
            || type.IsPrimitive
            || s_harmlessTypes.Contains(name)
            || name.EndsWith("Attribute", StringComparison.Ordinal)
            || allowedApi.Contains($"{name}::{member.Name}");
    }

    private static bool IsCoreLibraryName(string name)
        => name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Internal.", StringComparison.Ordinal);

    private static bool HasPointer(TypeReference type) => type switch
    {
        PointerType or FunctionPointerType => true,
        GenericInstanceType generic => generic.GenericArguments.Any(HasPointer),
        TypeSpecification specification => HasPointer(specification.ElementType),
        _ => false,
    };

    // The bytes behind u8 literals and array initialisers.
    private static bool IsCompilerData(TypeDefinition type) => type.DeclaringType?.Name == "<PrivateImplementationDetails>";
}
