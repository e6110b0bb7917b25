import type { Page } from 'playwright-core';

/**
 * Elements of the page that it does not draw itself, and attributes that could run, fetch or restyle something, as `img[src]`. None,
 * where the page holds.
 */
export async function strangers(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const tags = new Set(('div p br hr em strong s code pre blockquote h1 h2 h3 ul ol li a table thead tbody tr th td span ' +
      'header main footer nav article section figure figcaption button form textarea meter svg path details summary dl dt dd').split(' '));
    const found = new Set();
    for (const element of document.body.querySelectorAll('*')) {
      if (element.localName === 'script' && element.parentElement === document.body && element.nonce !== '') continue;
      const bad = [...element.attributes].map((attribute) => attribute.name)
        .filter((name) => /^on|^style$|^src|href|^action$|^formaction$|^data$|^name$|^srcdoc$|^background$/.test(name));
      if (bad.length > 0 || !tags.has(element.localName)) {
        found.add(element.localName + bad.map((name) => '[' + name + ']').join(''));
      }
    }
    return [...found];
  })()`);
}
