// Which types may stand in a signature, a field, a local or an instruction. Next: MethodRules.cs
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace RingOS.DriverCheck;

/// <summary>Follows a type down to all that it is made of.</summary>
internal static class SignatureRules
{
    public static IEnumerable<string> Check(TypeReference type, string user) => type switch
    {
        PointerType or FunctionPointerType => [$"{user} holds or passes a pointer"],
        PinnedType => [$"{user} pins an object"],
        SentinelType => [$"{user} has arguments without types"],
        RequiredModifierType modified => CheckModifier(modified, user).Concat(Check(modified.ElementType, user)),
        OptionalModifierType modified => CheckModifier(modified, user).Concat(Check(modified.ElementType, user)),
        ArrayType { IsVector: false } => [$"{user} uses an array of several dimensions"],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(argument => Check(argument, user)).Concat(Check(generic.ElementType, user)),
        TypeSpecification specification => Check(specification.ElementType, user),
        GenericParameter => [],
        _ when DriverRules.IsAllowed(type) => [],
        _ => [$"{user} uses {type.FullName}"],
    };

    public static IEnumerable<string> CheckParameter(GenericParameter parameter, string user)
        => parameter.Constraints.SelectMany(constraint => CheckConstraint(constraint, user)).Concat(AttributeRules.Check(parameter, user));

    // `unmanaged` is a modifier on ValueType.
    private static IEnumerable<string> CheckConstraint(GenericParameterConstraint constraint, string user)
        => Check(constraint.ConstraintType, user).Concat(AttributeRules.Check(constraint, user));

    private static IEnumerable<string> CheckModifier(IModifierType modified, string user)
        => AllowedTypes.Modifiers.Contains(modified.ModifierType.FullName) && modified.ModifierType is not TypeDefinition
            ? []
            : [$"{user} has the modifier {modified.ModifierType.FullName}"];
}
