// What an assembly must be to count as a driver behind the wall of `software`: an allow-list, from the references down to the instructions.
// Decision 19; docs/book/software-wall. Next: TypeRules.cs
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace RingOS.DriverCheck;

/// <summary>Reads an assembly and names everything in it that is not on the list.</summary>
/// <param name="references">What drivers are compiled against.</param>
public sealed class DriverRules(ReferenceSurface references)
{
    private const int LanguageRulesVersion = 11; // of what a ref may refer to: C# 11 and after

    /// <summary>One line for each offence.</summary>
    public IReadOnlyList<string> Check(string path)
    {
        using AssemblyDefinition assembly = references.Read(path);
        return [.. Check(assembly).Distinct()];
    }

    private IEnumerable<string> Check(AssemblyDefinition assembly)
        => assembly.Modules.SelectMany(CheckModule)
            .Concat(assembly.Modules.Skip(1).Select(static module => $"{module.Name} is a second module"))
            .Concat(AttributeRules.Check(assembly, "the assembly"))
            .Concat(assembly.MainModule.GetTypes().SelectMany(TypeRules.Check));

    private IEnumerable<string> CheckModule(ModuleDefinition module)
    {
        foreach (AssemblyNameReference reference in module.AssemblyReferences.Where(reference => !references.Names.Contains(reference.Name)))
            yield return $"references {reference.Name}";
        foreach (ModuleReference reference in module.ModuleReferences)
            yield return $"calls into {reference.Name}";
        if (module.Kind != ModuleKind.Dll || module.EntryPoint is not null)
            yield return "is a program, not a library";
        if ((module.Attributes & ~ModuleAttributes.StrongNameSigned) != ModuleAttributes.ILOnly)
            yield return "has code that is not IL";
        if (module.HasExportedTypes || module.HasResources)
            yield return "forwards types or carries resources";
        foreach (string offence in AttributeRules.Check(module, "the module"))
            yield return offence;
        if (!HasRulesForReferences(module))
            yield return "was compiled for a C# before 11, which does not know where a ref may go";
        foreach (TypeReference type in module.GetTypeReferences().Where(static type => !IsAllowed(type)))
            yield return $"uses {type.FullName}";
        foreach (MemberReference member in module.GetMemberReferences().Where(static member => !IsShown(member)))
            yield return $"uses {member.DeclaringType.FullName}::{member.Name}, which no reference assembly shows";
    }

    /// <summary>A type that a driver may name: its own, or one that a library shows and the list has.</summary>
    internal static bool IsAllowed(TypeReference type)
    {
        if (type is TypeDefinition)
            return true;
        string name = type.FullName;
        if (type.IsPrimitive || type.MetadataType is MetadataType.Void or MetadataType.Object or MetadataType.String)
            return AllowedTypes.OfCoreLibrary.Contains(name); // known by a number, without an assembly
        bool isCore = type.Scope.Name == AllowedTypes.CoreLibrary;
        return ReferenceSurface.Shows(type)
            && (!isCore || AllowedTypes.OfCoreLibrary.Contains(name) || AllowedTypes.Attributes.Contains(name) || AllowedTypes.Modifiers.Contains(name)
                || IsBaseOfEmbedded(type));
    }

    // The compiler derives what it embeds from System.Attribute; TypeRules sees to it that nobody else does.
    private static bool IsBaseOfEmbedded(TypeReference type) => type.FullName == "System.Attribute";

    internal static bool IsShown(MemberReference member) => member.DeclaringType.GetElementType() is TypeDefinition || member switch
    {
        MethodReference method => ReferenceSurface.Shows(method),
        FieldReference field => ReferenceSurface.Shows(field),
        _ => false,
    };

    private static bool HasRulesForReferences(ModuleDefinition module)
        => module.CustomAttributes.FirstOrDefault(static attribute => attribute.AttributeType.Name == "RefSafetyRulesAttribute")
            is { ConstructorArguments: [{ Value: LanguageRulesVersion }] };
}
