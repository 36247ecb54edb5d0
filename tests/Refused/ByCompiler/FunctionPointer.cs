// A jump to any address.
internal static unsafe class FunctionPointer
{
    public static void Run(nint address) => ((delegate*<void>)address)();
}
