// Boxing, block copies, lazy static constructors: what generated code calls by name. Next: RuntimeHeap.cs
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Runtime
{
    internal static unsafe class RuntimeExports
    {
        /// <summary>A copy of a value on the heap. Of a Nullable it is the content that is boxed, or null: ECMA-335 III.4.1.</summary>
        public static object RhBox(MethodTable* type, ref byte data)
        {
            fixed (byte* source = &data)
            {
                if (type->Kind != ElementKind.Nullable)
                    return Box(type, source);
                return *(bool*)source ? Box(MethodTable.GenericArgument(type, 0), source + type->NullableValueOffset) : null;
            }
        }

        /// <summary>Exactly this type; an enum and its underlying type are one: ECMA-335 III.4.32.</summary>
        public static ref byte RhUnbox2(MethodTable* type, object box)
        {
            if (box is null)
                Panic.Fail("null reference");
            RhUnboxTypeTest(type, box._methodTable);
            return ref *ContentOf(box);
        }

        /// <summary>Null becomes a Nullable without a value.</summary>
        public static void RhUnboxNullable(ref byte data, MethodTable* type, object box)
        {
            fixed (byte* target = &data)
            {
                *(bool*)target = box is not null;
                if (box is null)
                    return;
                RhUnboxTypeTest(MethodTable.GenericArgument(type, 0), box._methodTable);
                SpanHelpers.Copy(target + type->NullableValueOffset, ContentOf(box), box._methodTable->ValueSize);
            }
        }

        public static void RhUnboxTypeTest(MethodTable* type, MethodTable* boxed)
        {
            if (type != boxed && !(type->IsPrimitive && boxed->IsPrimitive && type->Kind == boxed->Kind))
                Panic.Fail("invalid unboxing");
        }

        private static object Box(MethodTable* type, byte* source)
        {
            object box = RuntimeHeap.NewObject(type);
            SpanHelpers.Copy(ContentOf(box), source, type->ValueSize);
            return box;
        }

        private static byte* ContentOf(object box) => (byte*)Unsafe.AsPointer(ref Unsafe.As<Boxed>(box).Content);

        private class Boxed
        {
            public byte Content;
        }
    }
}

namespace System.Runtime.CompilerServices
{
    [StructLayout(LayoutKind.Sequential)]
    partial struct StaticClassConstructionContext
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
    static unsafe partial class Buffer
    {
        // There is no garbage collector, so a copy of references is a copy.
        internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint length)
            => SpanHelpers.Memmove(ref destination, ref source, length);
    }

    // Block operations that the compiler emits calls to.
    static unsafe partial class SpanHelpers
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
