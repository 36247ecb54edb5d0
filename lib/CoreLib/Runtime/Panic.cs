// Where every impossible thing ends: a message to whoever owns this image, then nothing more. Next: MethodTable.cs
namespace System
{
    /// <summary>The end of an image's run. The kernel's handler prints a report; a program's prints a line and exits.</summary>
    static unsafe partial class Panic
    {
        /// <summary>Set once at start-up. Must not return.</summary>
        public static delegate*<string, void> Handler;

        public static void Fail(string why)
        {
            if (Handler != null)
                Handler(why);
            for (; ; )
            {
            }
        }

        [System.Runtime.RuntimeExport("RhpThrowEx")]
        private static void Throw(Exception exception) => Fail(exception.Message ?? "exception");

        [System.Runtime.RuntimeExport("RhpFallbackFailFast")]
        private static void StackSmashed() => Fail("stack cookie overwritten");
    }
}

namespace Internal.TypeSystem
{
    public enum ExceptionStringID
    {
        None,
    }
}

namespace Internal.Runtime.CompilerHelpers
{
    using System;
    using Internal.TypeSystem;

    // Called by generated code where C# prescribes an exception; names and signatures are a contract with ILC.
    internal static class ThrowHelpers
    {
        private static void ThrowOverflowException() => Panic.Fail("arithmetic overflow");

        private static void ThrowIndexOutOfRangeException() => Panic.Fail("array index out of range");

        private static void ThrowNullReferenceException() => Panic.Fail("null reference");

        private static void ThrowDivideByZeroException() => Panic.Fail("division by zero");

        private static void ThrowArrayTypeMismatchException() => Panic.Fail("array type mismatch");

        private static void ThrowPlatformNotSupportedException() => Panic.Fail("not supported on this platform");

        private static void ThrowArgumentException() => Panic.Fail("bad argument");

        private static void ThrowArgumentOutOfRangeException() => Panic.Fail("argument out of range");

        private static void ThrowNotImplementedException() => Panic.Fail("not implemented");

        private static void ThrowTypeLoadException(ExceptionStringID id, string type, string module) => Panic.Fail("type cannot be loaded");

        private static void ThrowTypeLoadExceptionWithArgument(ExceptionStringID id, string type, string module, string argument)
            => Panic.Fail("type cannot be loaded");

        private static void ThrowMissingMethodException(ExceptionStringID id, string method) => Panic.Fail("method missing");

        private static void ThrowMissingFieldException(ExceptionStringID id, string field) => Panic.Fail("field missing");

        private static void ThrowFileNotFoundException(ExceptionStringID id, string file) => Panic.Fail("assembly missing");

        private static void ThrowInvalidProgramException(ExceptionStringID id) => Panic.Fail("invalid program");

        private static void ThrowInvalidProgramExceptionWithArgument(ExceptionStringID id, string method) => Panic.Fail("invalid program");

        private static void ThrowBadImageFormatException(ExceptionStringID id) => Panic.Fail("bad image");

        private static void ThrowFeatureBodyRemoved() => Panic.Fail("code removed by the compiler");

        private static void ThrowBodyRemoved() => Panic.Fail("code removed by the compiler");

        private static void ThrowInstanceBodyRemoved() => Panic.Fail("code removed by the compiler");

        private static void ThrowUnavailableType() => Panic.Fail("type removed by the compiler");
    }

    // typeof() as an object is not supported; comparisons of typeof() fold at compile time.
    internal static class LdTokenHelpers
    {
        private static RuntimeTypeHandle GetRuntimeTypeHandle(nint type) => default;

        private static RuntimeMethodHandle GetRuntimeMethodHandle(nint method) => default;

        private static RuntimeFieldHandle GetRuntimeFieldHandle(nint field) => default;

        private static Type GetRuntimeType(nint type) => null;
    }
}
