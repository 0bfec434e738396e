/**
 * Our pages are functions of components over plain elements: no markup as text, no classes, no contexts, no portals, nothing that was
 * rendered elsewhere or waits. Preact decides all that at run time, so nothing falls away by itself; what is stated here lets the
 * minifier drop it. Text that becomes markup is gone for good: a store's lint asks about every way to it.
 * `tests/scripts/slim-preact.test.ts` holds that each still applies, and that we use nothing of it.
 */
export const PREACT_FACTS: readonly (readonly [what: string, fact: string])[] = [
  // Markup as text.
  ['"dangerouslySetInnerHTML"==s?y=k:', ''],
  ['"dangerouslySetInnerHTML"==s?h=k:', ''],
  [
    'h?(l||y&&(h.__html==y.__html||h.__html==t.innerHTML)||(t.innerHTML=h.__html),r.__k=[]):(y&&(t.textContent=""),',
    '(',
  ],
  // Formulas, and elements that extend others.
  ['"math"==C?f="http://www.w3.org/1998/Math/MathML":', ''],
  ['||"http://www.w3.org/1998/Math/MathML"==f&&v.test(C)', ''],
  ['x.is?x:a', 'a'],
  // What was rendered elsewhere, and what waits.
  ['128&u.__u&&(c=32&u.__u,s=u.__c.__z)&&(r.__u|=c,p=o=[],8==s.nodeType?l=B(s,o):o.push(s),l=o[0]||l),', ''],
  ['r.__u&=-161,p&&p.some(g),', ''],
  ['!u&&(i=t.__c)&&(i=i.__z)&&(f=B(i,o=[]))&&(i==t.__e&&o.some(g),g(f),g(i)),', ''],
  ['32&u.__u?[i]:null', 'null'],
  ['i||S(u),32&u.__u,o', 'i||S(u),0,o'],
  ['i=(u=t&&32&t.__u)?null:r.__k', 'i=r.__k'],
  ['l&&(n.__m&&n.__m(r,o),l=!1),', ''],
  [',!l&&o)for($={}', ',o)for($={}'],
  [':l&&"function"!=typeof k||$[s]===k||', ':$[s]===k||'],
  ['l&&"textarea"!=C||', ''],
  ['$===x||l&&t.data==x||', '$===x||'],
  [
    'c||o)if(t&&t.then){if(r.__u|=128|c,o){for(~(T=o.indexOf(l||void 0))||(T=o.length);(N=o[T-1])&&8==N.nodeType;)T--;' +
      'for(;T<o.length;T++)if(N=o[T])if(o[T]=null,O){if(N==P)break}else{if(8!=N.nodeType)break;N.data.startsWith("$s")&&(P=B(O=N))}}' +
      'if(!O){for(;l&&8==l.nodeType&&l.nextSibling;)l=l.nextSibling;O=l}(s=B(O=r.__c.__z||(r.__c.__z=O)))?(r.__e=O,l=s):r.__e=l,' +
      'l=l&&l.nextSibling}else o&&o.some(g);else ',
    'o)o.some(g);else ',
  ],
  ['t&&t.then||D(r)', 'D(r)'],
  // Classes.
  ['C=(s=V.prototype)&&s.render,', ''],
  ['C?r.__c=d=new V(M,L):', ''],
  [
    'C&&(d.__s||(d.__s=d.state),V.getDerivedStateFromProps&&(d.__s==d.state&&(d.__s=_({},d.__s)),_(d.__s,V.getDerivedStateFromProps(M,d.__s)))),',
    '',
  ],
  ['M!==k&&C&&!V.getDerivedStateFromProps&&d.componentWillReceiveProps&&d.componentWillReceiveProps(M,L),', ''],
  [',C&&d.componentDidUpdate&&d.__h.push(function(){d.componentDidUpdate(k,b,m)})', ''],
  [
    'else C&&!V.getDerivedStateFromProps&&d.componentWillMount&&d.componentWillMount(),C&&d.componentDidMount&&d.__h.push(d.componentDidMount);',
    '',
  ],
  ['q=C?25:0', 'q=0'],
  ['C&&(y.push.apply(d.__h,d.__k),d.__k=[]),', ''],
  [',C&&u.__c&&d.getSnapshotBeforeUpdate&&(m=d.getSnapshotBeforeUpdate(k,b))', ''],
  // Contexts and portals.
  ['j=(s=V.contextType)&&i[s.__c],L=s?j?j.props.value:s.__:i,', 'L=i,'],
  ['j&&j.sub(d),', ''],
  ['d.getChildContext&&(i=_({},i,d.getChildContext())),', ''],
  [
    'M.__P&&(s=l,f=(t=M.__P).namespaceURI,c=o=null,u.props&&u.props.__P!=t&&(u.__k.some(function(n){n&&J(n,n)}),u.__k=null),l=u.__k?S(u,0):null),',
    '',
  ],
  ['M.__P&&(r.__e=null,l=s),', ''],
  ['"function"!=typeof n.type||n.props.__P?null:S(n)', '"function"!=typeof n.type?null:S(n)'],
  ['(n=n.__)&&n.__c&&!n.props.__P', '(n=n.__)&&n.__c'],
  ['if(n.props.__P)return t;', ''],
  ['u&&!t.props.__P', 'u'],
];

export const slimPreact = {
  name: 'slim-preact',
  transform: (code: string, id: string) =>
    id.includes('preact/dist/preact.mjs')
      ? { code: PREACT_FACTS.reduce((text, [what, fact]) => text.replace(what, fact), code), map: null }
      : null,
};
