// A method without a body, in the hope that the compiler of the image has one for it.
namespace Escape
{
    using System.Runtime.CompilerServices;

    internal static class OwnIntrinsic
    {
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern ref T AsRef<T>(nint address);
    }
}
