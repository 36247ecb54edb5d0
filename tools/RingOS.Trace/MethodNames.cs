// Method names for people. Back to: Method.cs
using System;

namespace RingOS.Trace;

/// <summary>Shortens what the compiler's mangling made long.</summary>
public static class MethodNames
{
    private const string Separator = "__"; // between type and method

    /// <summary>`RingOS_Kernel_RingOS_Kernel_Sockets_Socket__Write` is "Socket.Write"; assembly labels stay as they are.</summary>
    public static string Short(this Method method)
    {
        int separator = method.Name.IndexOf(Separator, StringComparison.Ordinal);
        if (separator <= 0 || !method.Name.Contains("RingOS_", StringComparison.Ordinal))
            return method.Name;
        int type = method.Name.LastIndexOf('_', separator - 1) + 1;
        return $"{method.Name[type..separator]}.{method.Name[(separator + Separator.Length)..]}";
    }
}
