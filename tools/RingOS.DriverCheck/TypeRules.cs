// What a type of a driver may be. Next: SignatureRules.cs
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace RingOS.DriverCheck;

/// <summary>Classes, structs, enums and interfaces, laid out by the compiler, without static state.</summary>
internal static class TypeRules
{
    private static readonly string[] s_reservedNames = ["System", "Internal", "Microsoft", "Interop"];

    public static IEnumerable<string> Check(TypeDefinition type)
    {
        string name = type.FullName;
        if (AllowedTypes.Embedded.Contains(name) && type.BaseType?.FullName == "System.Attribute")
            return CheckEmbedded(type);
        return CheckShape(type, name)
            .Concat(CheckBases(type, name))
            .Concat(AttributeRules.Check(type, name))
            .Concat(type.GenericParameters.SelectMany(parameter => SignatureRules.CheckParameter(parameter, name)))
            .Concat(type.Fields.SelectMany(CheckField))
            .Concat(type.Methods.SelectMany(MethodRules.Check))
            .Concat(type.Properties.SelectMany(static property => AttributeRules.Check(property, property.FullName)))
            .Concat(type.Events.Select(static member => $"{member.FullName} is an event"));
    }

    // Nothing but constructors that call the base and keep an argument.
    private static IEnumerable<string> CheckEmbedded(TypeDefinition type)
        => AttributeRules.Check(type, type.FullName)
            .Concat(type.Fields.SelectMany(CheckField))
            .Concat(type.Methods.SelectMany(static method => method.IsConstructor
                ? MethodRules.CheckEmbedded(method)
                : [$"{method.FullName} is in a type that only the compiler may define"]));

    private static IEnumerable<string> CheckShape(TypeDefinition type, string name)
    {
        if (s_reservedNames.Contains(RootOf(type).Split('.')[0]))
            yield return $"{name} has a name that the compilers know";
        if (type.IsExplicitLayout || type.PackingSize > 0 || type.ClassSize > 1) // 1: an empty struct
            yield return $"{name} has a layout of its own";
        if (type.HasSecurityDeclarations || type.IsImport || type.IsSerializable || type.IsWindowsRuntime)
            yield return $"{name} is more than a type";
        if (type.Name == "<Module>" && type.HasMethods)
            yield return $"{name} has code that runs when the image starts";
    }

    // An outermost type's namespace, or its name if it has none.
    private static string RootOf(TypeDefinition type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type.Namespace.Length > 0 ? type.Namespace : type.Name;
    }

    private static IEnumerable<string> CheckBases(TypeDefinition type, string name)
    {
        if (type.BaseType is { } parent && !IsAllowedBase(parent))
            yield return $"{name} is derived from {parent.FullName}";
        foreach (InterfaceImplementation implementation in type.Interfaces)
        {
            foreach (string offence in SignatureRules.Check(implementation.InterfaceType, name).Concat(AttributeRules.Check(implementation, name)))
                yield return offence;
        }
    }

    private static bool IsAllowedBase(TypeReference parent)
        => !SignatureRules.Check(parent, "").Any()
            && (parent.Scope.Name != AllowedTypes.CoreLibrary || AllowedTypes.BasesInCoreLibrary.Contains(parent.FullName));

    private static IEnumerable<string> CheckField(FieldDefinition field)
    {
        if (field.IsStatic && !field.IsLiteral)
            yield return $"{field.FullName} is static";
        if (field.InitialValue.Length > 0 || field.HasMarshalInfo || field.HasLayoutInfo)
            yield return $"{field.FullName} has a place or content of its own";
        if (field.FieldType.IsByReference)
            yield return $"{field.FullName} is a reference to a variable";
        foreach (string offence in SignatureRules.Check(field.FieldType, field.FullName).Concat(AttributeRules.Check(field, field.FullName)))
            yield return offence;
    }
}
