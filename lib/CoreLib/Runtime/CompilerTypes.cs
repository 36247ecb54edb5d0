// A type that ILC looks up by name when it lays out the virtual methods of a struct: its own method for comparing fields has it in its
// signature. Nobody calls that method. Back to: MethodTable.cs
namespace Internal.Runtime;

internal struct MethodTable;
