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

    /// <summary>The stack is nearly used up, and then the processor refuses something.</summary>
    DeepFault,

    /// <summary>The same, and then it throws.</summary>
    DeepThrow,

    /// <summary>The same, and then it is interrupted.</summary>
    DeepInterrupt,

    /// <summary>The first driver computes at every interrupt, and asks its device for the next.</summary>
    Hog,
}
