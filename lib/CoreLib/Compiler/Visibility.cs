// The dangerous part of the core library, made public. safe/RingOS.CoreLib.Safe.csproj leaves this file out, and drivers are compiled
// against that: for them these types do not exist. Next: ../Runtime/MethodTable.cs
namespace System
{
    public static unsafe partial class Panic;
}

namespace System.Runtime
{
    // Native code by name: any routine of the image, privileged instructions among them.
    public sealed partial class RuntimeExportAttribute;

    public sealed partial class RuntimeImportAttribute;

    // A heap placed over somebody else's memory is a way to write there.
    public static unsafe partial class RuntimeHeap;

    public static unsafe partial class RuntimeStartup;

    public unsafe partial struct MethodTable;
}

namespace System.Runtime.CompilerServices
{
    public static unsafe partial class Unsafe;

    public sealed partial class FixedBufferAttribute;

    public sealed partial class InlineArrayAttribute;

    public sealed partial class IntrinsicAttribute;

    public sealed partial class SkipLocalsInitAttribute;
}

namespace System.Runtime.InteropServices
{
    public static partial class MemoryMarshal;

    // Two fields in one place: a reference made of a number.
    public sealed partial class StructLayoutAttribute;

    public sealed partial class FieldOffsetAttribute;
}
