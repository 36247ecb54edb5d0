// Boxing, block copies, lazy static constructors: what generated code calls by name. Next: RuntimeHeap.cs
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Runtime
{
    internal static unsafe class RuntimeExports
    {
        private const uint BoxOverhead = 16; // object header and type pointer

        public static object RhBox(MethodTable* type, ref byte data)
        {
            object box = RuntimeHeap.NewObject(type);
            fixed (byte* source = &data)
                SpanHelpers.Copy(ContentOf(box), source, type->BaseSize - BoxOverhead);
            return box;
        }

        public static ref byte RhUnbox2(MethodTable* type, object box)
        {
            if (box is null || box._methodTable != type)
                Panic.Fail("invalid unboxing");
            return ref *ContentOf(box);
        }

        public static void RhUnboxNullable(ref byte data, MethodTable* type, object box) => Panic.Fail("unboxing to Nullable is not supported");

        public static void RhUnboxTypeTest(MethodTable* type, MethodTable* boxed)
        {
            if (type != boxed)
                Panic.Fail("invalid unboxing");
        }

        private static byte* ContentOf(object box) => (byte*)Unsafe.AsPointer(ref Unsafe.As<Box>(box).Content);

        private class Box
        {
            public byte Content;
        }
    }
}

namespace System.Runtime.CompilerServices
{
    [StructLayout(LayoutKind.Sequential)]
    public struct StaticClassConstructionContext
    {
        public nint cctorMethodAddress;
    }

    // Static constructors that ILC could not run at compile time. Images have one thread at start-up: no locking.
    internal static unsafe class ClassConstructorRunner
    {
        private static void CheckStaticClassConstruction(ref StaticClassConstructionContext context)
        {
            nint constructor = context.cctorMethodAddress;
            if (constructor == 0)
                return;
            context.cctorMethodAddress = 0;
            ((delegate*<void>)constructor)();
        }

        private static nint CheckStaticClassConstructionReturnNonGCStaticBase(ref StaticClassConstructionContext context, nint statics)
        {
            CheckStaticClassConstruction(ref context);
            return statics;
        }

        private static object CheckStaticClassConstructionReturnGCStaticBase(ref StaticClassConstructionContext context, object statics)
        {
            CheckStaticClassConstruction(ref context);
            return statics;
        }
    }
}

namespace System
{
    public static unsafe class Buffer
    {
        // There is no garbage collector, so a copy of references is a copy.
        internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint length)
            => SpanHelpers.Memmove(ref destination, ref source, length);
    }

    // Block operations that the compiler emits calls to.
    public static unsafe class SpanHelpers
    {
        internal static void Memmove(ref byte destination, ref byte source, nuint length)
        {
            fixed (byte* to = &destination, from = &source)
                Copy(to, from, length);
        }

        internal static void Fill(ref byte destination, byte value, nuint length)
        {
            fixed (byte* to = &destination)
            {
                for (nuint i = 0; i < length; i++)
                    to[i] = value;
            }
        }

        internal static void ClearWithoutReferences(ref byte destination, nuint length)
        {
            fixed (byte* to = &destination)
            {
                nuint i = 0;
                for (; i + 8 <= length; i += 8)
                    *(ulong*)(to + i) = 0;
                for (; i < length; i++)
                    to[i] = 0;
            }
        }

        /// <summary>Copies bytes; the ranges may overlap.</summary>
        internal static void Copy(byte* to, byte* from, nuint length)
        {
            if (to > from && to < from + length)
            {
                for (nuint i = length; i-- > 0;)
                    to[i] = from[i];
                return;
            }
            nuint done = 0;
            for (; done + 8 <= length; done += 8)
                *(ulong*)(to + done) = *(ulong*)(from + done);
            for (; done < length; done++)
                to[done] = from[done];
        }
    }
}
