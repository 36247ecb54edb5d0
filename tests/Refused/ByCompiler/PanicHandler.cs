// Where every failed check ends: without a handler, it does not.
internal static unsafe class PanicHandler
{
    public static void Run() => System.Panic.Handler = null;
}
