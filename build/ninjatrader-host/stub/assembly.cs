using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyVersion("8.1.8.3")]
[assembly: InternalsVisibleTo("NinjaTraderHost")]
