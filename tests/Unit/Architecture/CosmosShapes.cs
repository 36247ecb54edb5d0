// Describes the public surface of types a line a member, from an assembly file, so that stand-ins can be held against the real thing.
// Back to: CosmosStubTests.cs
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Shapes of types, as in tests/CosmosStubs/shapes.txt.</summary>
public static class CosmosShapes
{
    /// <summary>A line for every type of a namespace, and for every member of it that another assembly can use.</summary>
    /// <param name="assembly">A .dll.</param>
    /// <param name="root">Start of the full names of the types.</param>
    public static IReadOnlyList<string> Of(string assembly, string root)
    {
        using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(assembly);
        return
        [
            .. definition.MainModule.Types
                .Where(type => type.IsPublic && type.FullName.StartsWith(root, System.StringComparison.Ordinal))
                .SelectMany(static type => Members(type).Select(member => $"{type.FullName}: {member}").Prepend($"{type.FullName} is {Kind(type)}")),
        ];
    }

    private static string Kind(TypeDefinition type)
        => type.IsEnum ? "an enum"
            : type.IsValueType ? type.IsSequentialLayout ? "a sequential struct" : "a struct"
            : type.IsAbstract && type.IsSealed ? "a static class"
            : type.IsAbstract ? "an abstract class" : "a class";

    private static IEnumerable<string> Members(TypeDefinition type)
        => Fields(type).Concat(type.Methods.Where(static method => method.IsPublic || method.IsFamily).Select(Method));

    // The place of a field in a struct is part of its shape, the value of a constant too.
    private static IEnumerable<string> Fields(TypeDefinition type)
    {
        int place = 0;
        foreach (FieldDefinition field in type.Fields)
        {
            int at = field.IsStatic ? -1 : place++;
            if (!field.IsPublic || field.IsRuntimeSpecialName)
                continue;
            yield return field.HasConstant ? $"{field.FieldType.Name} {field.Name} = {field.Constant}"
                : field.IsStatic ? $"static {field.FieldType.Name} {field.Name}"
                : type.IsValueType ? $"{field.FieldType.Name} {field.Name}, field {at}" : $"{field.FieldType.Name} {field.Name}";
        }
    }

    private static string Method(MethodDefinition method)
    {
        string how = method.IsAbstract ? "abstract " : method.IsVirtual ? "virtual " : method.IsStatic ? "static " : "";
        string who = method.IsFamily ? "protected " : "";
        return $"{who}{how}{method.ReturnType.Name} {method.Name}({string.Join(", ", method.Parameters.Select(static parameter => parameter.ParameterType.Name))})";
    }
}
