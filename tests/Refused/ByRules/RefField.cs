// A reference to a variable that may be none.
namespace Escape
{
    internal ref struct RefField
    {
        public ref ulong Target;

        public void Run() => Target = 0;
    }
}
