// Brings static object fields to life before any code uses them. Layout: ReadyToRun header that ILC emits. Back to: ../System/Object.cs
using System.Runtime.CompilerServices;

namespace System.Runtime;

/// <summary>What must run once, after the heap exists and before everything else.</summary>
static unsafe partial class RuntimeStartup
{
    private const int GcStaticRegion = 201;
    private const int EagerConstructors = 203;
    private const int HasEndPointer = 1;
    private const int HeaderSize = 16;

    private const int UninitializedFlag = 1;
    private const int HasPreInitializedDataFlag = 2;

    [RuntimeImport("*", "module_headers_start"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte** ModuleHeadersStart();

    [RuntimeImport("*", "module_headers_end"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte** ModuleHeadersEnd();

    public static void InitializeModules()
    {
        for (byte** header = ModuleHeadersStart(); header < ModuleHeadersEnd(); header++)
        {
            if (*header != null)
                InitializeModule(*header);
        }
    }

    // Header: signature, major, minor, flags, u16 section count at 12, u8 entry size at 14; rows {i32 id, i32 flags, start, [end]}.
    private static void InitializeModule(byte* header)
    {
        int sections = *(ushort*)(header + 12);
        int rowSize = header[14];
        byte* row = header + HeaderSize;
        for (; sections > 0; sections--, row += rowSize)
        {
            byte* start = *(byte**)(row + 8);
            byte* end = (*(int*)(row + 4) & HasEndPointer) != 0 ? *(byte**)(row + 16) : start;
            if (*(int*)row == GcStaticRegion)
                CreateStaticBases((int*)start, (int*)end);
            else if (*(int*)row == EagerConstructors)
                RunConstructors((int*)start, (int*)end);
        }
    }

    // Each entry leads to a block {relative type | flags, [relative initial content]} which is replaced by the object that holds the fields.
    private static void CreateStaticBases(int* entry, int* end)
    {
        for (; entry < end; entry++)
        {
            int* block = (int*)((byte*)entry + *entry);
            int word = *block;
            if ((word & UninitializedFlag) == 0)
                continue;
            MethodTable* type = (MethodTable*)((byte*)block + (word & ~3));
            object statics = RuntimeHeap.NewObject(type);
            byte* instance = *(byte**)&statics;
            if ((word & HasPreInitializedDataFlag) != 0)
            {
                byte* content = (byte*)(block + 1) + block[1];
                SpanHelpers.Copy(instance + sizeof(nint), content, type->BaseSize - 16);
            }
            *(byte**)block = instance;
        }
    }

    private static void RunConstructors(int* entry, int* end)
    {
        for (; entry < end; entry++)
            ((delegate*<void>)((byte*)entry + *entry))();
    }
}
