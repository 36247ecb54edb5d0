// Puts a program into an empty address space: segments, relocations, heap, stack, start-up page. Next: GrantMapper.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>Loads programs. Everything it maps lies in the process's slot, and nothing is writable and executable.</summary>
public static class ProgramLoader
{
    /// <summary>Loads a program. On failure the address space is half filled and is to be destroyed.</summary>
    /// <param name="request">What to load.</param>
    /// <param name="space">A fresh address space.</param>
    /// <param name="program">Where it starts; null on failure.</param>
    /// <returns>InvalidArgument: a base, length or grant that does not fit <see cref="ProcessLayout"/>. NoMemory.</returns>
    public static Status Load(ProgramRequest request, AddressSpace space, out LoadedProgram? program)
    {
        program = null;
        if (!ProcessLayout.IsBase(request.Base) || !AreLengthsValid(request))
            return Status.InvalidArgument;
        Status status = LoadImage(request.Image, space, request.Base.Plus(ProcessLayout.Image));
        if (status == Status.Ok)
            status = AllocateHeapAndStack(request, space);
        if (status == Status.Ok && request.Grant is not null)
            status = GrantMapper.Map(request.Grant, space, request.Base);
        if (status == Status.Ok)
            status = StartupPage.Write(request, space);
        if (status == Status.Ok)
            program = DescribeStart(request);
        return status;
    }

    private static bool AreLengthsValid(ProgramRequest request)
        => Page.IsAligned(request.HeapLength) && request.HeapLength <= ProcessLayout.MaximumHeap
            && Page.IsAligned(request.StackLength) && request.StackLength is > 0 and <= ProcessLayout.MaximumStack;

    private static LoadedProgram DescribeStart(ProgramRequest request)
        => new(
            request.Base.Plus(ProcessLayout.Image + request.Image.Entry),
            request.Base.Plus(ProcessLayout.StackEnd),
            request.Base.Plus(ProcessLayout.StartupPage));

    private static Status LoadImage(ElfImage image, AddressSpace space, VirtualAddress start)
    {
        Status status = Status.Ok;
        for (int i = 0; i < image.SegmentCount && status == Status.Ok; i++)
            status = LoadSegment(image.File, image.Segment(i), space, start);
        if (status == Status.Ok)
            status = Relocate(image.Relocations, space, start);
        if (status == Status.Ok && image.ReadOnlyAfterRelocation is not null)
            status = MakeReadOnly(image.ReadOnlyAfterRelocation, space, start);
        return status;
    }

    // Fresh pages are zero, so what does not come from the file needs no work.
    private static Status LoadSegment(ByteSource file, ElfSegment segment, AddressSpace space, VirtualAddress start)
    {
        Status status = space.Allocate(start.Plus(segment.FirstPage), segment.EndPage - segment.FirstPage, segment.Permissions);
        if (status != Status.Ok)
            return status;
        return space.WriteBytes(start.Plus(segment.Start), file.Slice(segment.FileOffset, (int)segment.FileLength));
    }

    private static Status Relocate(ElfRelocations relocations, AddressSpace space, VirtualAddress start)
    {
        Status status = Status.Ok;
        for (int i = 0; i < relocations.Count && status == Status.Ok; i++)
        {
            relocations.Read(i, out ulong target, out ulong addend);
            status = space.Write64(start.Plus(target), start.Value + addend);
        }

        return status;
    }

    private static Status MakeReadOnly(ElfSegment part, AddressSpace space, VirtualAddress start)
    {
        ulong first = Page.RoundUp(part.Start);
        ulong end = Page.RoundDown(part.Start + part.Length);
        return first < end ? space.Protect(start.Plus(first), end - first, PageFlags.UserConstants) : Status.Ok;
    }

    private static Status AllocateHeapAndStack(ProgramRequest request, AddressSpace space)
    {
        Status status = Status.Ok;
        if (request.HeapLength != 0)
            status = space.Allocate(request.Base.Plus(ProcessLayout.Heap), request.HeapLength, PageFlags.UserData);
        if (status != Status.Ok)
            return status;
        VirtualAddress stack = request.Base.Plus(ProcessLayout.StackEnd - request.StackLength);
        return space.Allocate(stack, request.StackLength, PageFlags.UserData);
    }
}
