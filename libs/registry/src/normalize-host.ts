/**
 * A host name as people write it, in the one form under which it is kept: lower case, punycode, no
 * trailing dot, and a port only where it is not that of https. Nothing where it is no host.
 *
 * @see https://url.spec.whatwg.org/#host-parsing
 */
export function normalizeHost(text: string): string | undefined {
  const host = text.trim();
  if (host === '' || /[\s/\\?#@%]/.test(host)) return undefined;
  return hostOfIri(`https://${host}/`);
}

/** The host of an http or https IRI, in the form of {@link normalizeHost}; a scheme's own port is left out. */
export function hostOfIri(iri: string): string | undefined {
  const url = URL.parse(iri);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const name = url.hostname.replace(/\.$/, '');
  if (name === '' || name.length > 253 || name.includes('..')) return undefined;
  return url.port ? `${name}:${url.port}` : name;
}
