// What a method of a driver may be and do. Next: AllowedCode.cs
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace RingOS.DriverCheck;

/// <summary>IL with a body, whose every instruction and operand is on the list.</summary>
internal static class MethodRules
{
    private const MethodImplAttributes AllowedImplementation
        = MethodImplAttributes.NoInlining | MethodImplAttributes.AggressiveInlining | MethodImplAttributes.NoOptimization;

    public static IEnumerable<string> Check(MethodDefinition method)
        => CheckKind(method)
            .Concat(CheckSignature(method))
            .Concat(CheckAttributes(method))
            .Concat(method.HasBody ? CheckBody(method) : []);

    /// <summary>A constructor of a type that the compiler embeds: it may call that of System.Attribute.</summary>
    public static IEnumerable<string> CheckEmbedded(MethodDefinition method)
        => CheckKind(method).Concat(CheckSignature(method)).Concat(CheckBody(method));

    private static IEnumerable<string> CheckKind(MethodDefinition method)
    {
        if (method.IsPInvokeImpl || method.HasPInvokeInfo || method.IsUnmanagedExport || (method.ImplAttributes & ~AllowedImplementation) != 0)
            yield return $"{method.FullName} is implemented outside C#";
        if (method.HasBody == method.IsAbstract)
            yield return $"{method.FullName} has no body";
        if (method.CallingConvention is not (MethodCallingConvention.Default or MethodCallingConvention.Generic))
            yield return $"{method.FullName} is called in another way than C#'s";
        if (method.IsConstructor && method.IsStatic)
            yield return $"{method.FullName} runs by itself";
        if (method.Name == "Finalize")
            yield return $"{method.FullName} is a finalizer";
        if (method.HasSecurityDeclarations)
            yield return $"{method.FullName} is more than a method";
    }

    private static IEnumerable<string> CheckSignature(MethodDefinition method)
        => method.Parameters.Select(static parameter => parameter.ParameterType).Append(method.ReturnType)
            .SelectMany(type => SignatureRules.Check(type, method.FullName))
            .Concat(method.GenericParameters.SelectMany(parameter => SignatureRules.CheckParameter(parameter, method.FullName)))
            .Concat(method.Overrides.Where(static overridden => !DriverRules.IsShown(overridden))
                .Select(overridden => $"{method.FullName} overrides {overridden.FullName}"));

    private static IEnumerable<string> CheckAttributes(MethodDefinition method)
        => method.Parameters.SelectMany(parameter => AttributeRules.Check(parameter, method.FullName))
            .Concat(AttributeRules.Check(method, method.FullName))
            .Concat(AttributeRules.Check(method.MethodReturnType, method.FullName));

    private static IEnumerable<string> CheckBody(MethodDefinition method)
    {
        MethodBody body = method.Body;
        if (body.HasVariables && !body.InitLocals)
            yield return $"{method.FullName} does not clear its locals";
        if (body.ExceptionHandlers.Any(static handler => handler.HandlerType != ExceptionHandlerType.Finally))
            yield return $"{method.FullName} catches what ends a driver";
        foreach (string offence in body.Variables.SelectMany(variable => SignatureRules.Check(variable.VariableType, method.FullName)))
            yield return offence;
        foreach (string offence in body.Instructions.SelectMany(instruction => CheckInstruction(instruction, method.FullName)))
            yield return offence;
    }

    private static IEnumerable<string> CheckInstruction(Instruction instruction, string user)
    {
        if (!AllowedCode.All.Contains(instruction.OpCode.Code))
            return [$"{user} uses {instruction.OpCode.Name}"];
        return instruction.Operand switch
        {
            TypeReference type => SignatureRules.Check(type, user),
            MethodReference method => CheckMethod(method, user),
            FieldReference field => CheckMember(field, user).Concat(SignatureRules.Check(field.FieldType, user)),
            _ => [],
        };
    }

    private static IEnumerable<string> CheckMethod(MethodReference method, string user)
    {
        IEnumerable<TypeReference> arguments = method is GenericInstanceMethod generic ? generic.GenericArguments : [];
        return CheckMember(method.GetElementMethod(), user)
            .Concat(arguments.Concat(method.Parameters.Select(static parameter => parameter.ParameterType)).Append(method.ReturnType)
                .SelectMany(type => SignatureRules.Check(type, user)));
    }

    private static IEnumerable<string> CheckMember(MemberReference member, string user)
        => SignatureRules.Check(member.DeclaringType, user)
            .Concat(DriverRules.IsShown(member) ? [] : [$"{user} uses {member.DeclaringType.FullName}::{member.Name}, which no reference assembly shows"]);
}
