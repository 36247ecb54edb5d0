// The compiler wants these to exist before it turns foreach over an array into a loop. Next: Threading.cs
namespace System.Collections;

public interface IEnumerator
{
    object Current { get; }

    bool MoveNext();

    void Reset();
}

public interface IEnumerable
{
    IEnumerator GetEnumerator();
}
