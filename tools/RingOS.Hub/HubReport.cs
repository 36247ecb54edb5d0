// TODO
namespace RingOS.Hub;
public static class HubReport { public static string Format(HubResult result) => result.TraceHash; }
