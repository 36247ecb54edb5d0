// What a driver can do wrong without a single unsafe line. Words for them: ../MistakeWords.cs. Next: Mistakes.cs
namespace RingOS.Test.DriverFaultKernel;

/// <summary>One mistake a boot.</summary>
public enum Mistake
{
    None,
    RegisterRead,
    RegisterWrite,

    /// <summary>A register whose content is wider than it: what is read or written beside it is the stack.</summary>
    WideRegisterRead,
    WideRegisterWrite,
    NarrowRegister,
    DescriptorRead,
    DescriptorWrite,

    /// <summary>A region of no bytes, in which the highest offset of a word would be 4 GiB.</summary>
    EmptyRegion,
    Array,

    /// <summary>A number stored by a reference to an element of an array of other objects.</summary>
    CovariantElement,

    /// <summary>The same by a span.</summary>
    CovariantSpan,
    Length,
    Null,
    FarNull,
    Divide,
    Cast,
    Unboxing,
    Recursion,
    Throw,
    Heap,
    Loop,
}
