// An object taken for one of another class.
using System.Runtime.CompilerServices;

internal static class ObjectOfAnObject
{
    public static string Run(object value) => Unsafe.As<string>(value);
}
