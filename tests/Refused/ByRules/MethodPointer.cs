// A delegate is made of the address of a method; no driver needs one.
namespace Escape
{
    using System;

    internal static class MethodPointer
    {
        public static Action Run() => static () => { };
    }
}
