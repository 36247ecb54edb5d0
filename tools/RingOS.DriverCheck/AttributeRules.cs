// Attributes change what the compilers make of code, and the compilers know them by name. Next: DriverRules.cs
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace RingOS.DriverCheck;

/// <summary>Only attributes of the core library, and of those only the ones on the list.</summary>
internal static class AttributeRules
{
    public static IEnumerable<string> Check(ICustomAttributeProvider owner, string name)
        => !owner.HasCustomAttributes
            ? []
            : owner.CustomAttributes
                .Where(static attribute => !IsAllowed(attribute.AttributeType))
                .Select(attribute => $"{name} has the attribute {attribute.AttributeType.FullName}");

    private static bool IsAllowed(TypeReference attribute)
        => attribute is TypeDefinition
            ? AllowedTypes.Embedded.Contains(attribute.FullName)
            : attribute.Scope.Name == AllowedTypes.CoreLibrary && AllowedTypes.Attributes.Contains(attribute.FullName);
}
