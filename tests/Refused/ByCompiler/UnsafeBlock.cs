// A store to any address.
internal static class UnsafeBlock
{
    public static void Run(ulong address)
    {
        unsafe
        {
            *(ulong*)address = 0;
        }
    }
}
